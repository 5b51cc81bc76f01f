"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "./button.tsx";
import { DropdownMenu } from "./dropdown-menu.tsx";

export type Theme = "system" | "light" | "dark";
export type Density = "compact" | "comfortable";

/** Cookies rather than local storage: the server sends the first byte in the right theme, without an inline script. */
export const themeCookie = "rampart-theme";
export const densityCookie = "rampart-density";
const yearSeconds = 365 * 86_400;

export function rememberChoice(cookie: string, value: string): void {
  document.cookie = `${cookie}=${value};path=/;max-age=${yearSeconds};samesite=lax`;
}

type ThemeToggleProps = Readonly<{
  theme: Theme;
  density: Density;
  onChange: (choice: Readonly<{ theme: Theme; density: Density }>) => void;
}>;

const themes = [
  ["system", "As the system", Monitor],
  ["light", "Light", Sun],
  ["dark", "Dark", Moon],
] as const;

export function ThemeToggle({ theme, density, onChange }: ThemeToggleProps) {
  const Icon = themes.find(([name]) => name === theme)?.[2] ?? Monitor;
  return (
    <DropdownMenu
      trigger={
        <Button kind="quiet" size="icon" aria-label="Theme and density">
          <Icon aria-hidden />
        </Button>
      }
      entries={[
        { kind: "label", text: "Theme" },
        ...themes.map(([name, label]) => ({
          kind: "check" as const,
          label,
          checked: theme === name,
          onChange: () => onChange({ theme: name, density }),
        })),
        { kind: "divider" },
        {
          kind: "check",
          label: "Comfortable rows",
          checked: density === "comfortable",
          onChange: (on) => onChange({ theme, density: on ? "comfortable" : "compact" }),
        },
      ]}
    />
  );
}
