"use client";

import {
  densityCookie,
  rememberChoice,
  themeCookie,
  ThemeToggle,
  type Density,
  type Theme,
} from "@rampart/ui/theme-toggle";
import { useState } from "react";

export function PreferenceMenu(start: Readonly<{ theme: Theme; density: Density }>) {
  const [choice, setChoice] = useState(start);
  return (
    <ThemeToggle
      {...choice}
      onChange={(next) => {
        const root = document.documentElement;
        if (next.theme === "system") delete root.dataset["theme"];
        else root.dataset["theme"] = next.theme;
        root.dataset["density"] = next.density;
        rememberChoice(themeCookie, next.theme);
        rememberChoice(densityCookie, next.density);
        setChoice(next);
      }}
    />
  );
}
