import type { Density, Theme } from "@rampart/ui/theme-toggle";
import { cookies } from "next/headers";

export type Preferences = Readonly<{ theme: Theme; density: Density; navigation: "open" | "folded" }>;

/** How this person wants to look at the Console, from cookies that the browser set. */
export async function readPreferences(): Promise<Preferences> {
  const jar = await cookies();
  const theme = jar.get("rampart-theme")?.value;
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    density: jar.get("rampart-density")?.value === "comfortable" ? "comfortable" : "compact",
    navigation: jar.get("rampart-navigation")?.value === "folded" ? "folded" : "open",
  };
}
