import { ClockProvider } from "@rampart/ui/clock";
import { Toasts } from "@rampart/ui/toast";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { readPreferences } from "#shell/preferences.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Rampart", template: "%s · Rampart" },
  icons: { icon: "/icon.svg" },
};
export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

/** Every page is rendered per request: each carries its own nonce and the caller's own data. */
export const dynamic = "force-dynamic";

export default async function RootLayout({ children }: Readonly<{ children: ReactNode }>) {
  const { theme, density } = await readPreferences();
  return (
    <html lang="en" {...(theme !== "system" && { "data-theme": theme })} data-density={density}>
      <body>
        <ClockProvider startAt={Date.now()}>{children}</ClockProvider>
        <Toasts />
      </body>
    </html>
  );
}
