import type { ReactNode } from "react";
import { Mark } from "#shell/mark.tsx";

export default function SignInLayout({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="grid w-full max-w-88 gap-6">
        <div className="flex items-center gap-2.5">
          <Mark className="size-8" />
          <span className="text-xl font-semibold">Rampart</span>
        </div>
        {children}
      </div>
    </main>
  );
}
