"use client";

import { Button } from "@rampart/ui/button";
import { DropdownMenu } from "@rampart/ui/dropdown-menu";
import { LogOut, UserRound } from "lucide-react";
import { signOut } from "#shell/sign-in.ts";

export function AccountMenu({ name, role }: Readonly<{ name: string; role: string }>) {
  return (
    <DropdownMenu
      trigger={
        <Button kind="quiet" size="icon" aria-label={`Account of ${name}`}>
          <UserRound aria-hidden />
        </Button>
      }
      entries={[
        {
          kind: "label",
          text: (
            <>
              <span className="block text-sm font-medium text-ink">{name}</span>
              {role}
            </>
          ),
        },
        { kind: "item", label: "Sign out", icon: <LogOut aria-hidden />, onSelect: () => void signOut() },
      ]}
    />
  );
}
