"use client";

import { Badge } from "@rampart/ui/badge";
import { Button } from "@rampart/ui/button";
import { showToast } from "@rampart/ui/toast";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { type Role, roleChoices, type TenantChoice } from "./user-words.ts";
import { UserForm } from "./user-form.tsx";

type Row = Readonly<{ id: string; username: string; role: Role; tenantId: string | null; disabled: boolean }>;

type UserListProps = Readonly<{
  users: readonly Row[];
  tenants: readonly TenantChoice[];
  self: string;
  ownTenant: string | null;
  mayWrite: boolean;
}>;

export function UserList({ users, tenants, self, ownTenant, mayWrite }: UserListProps) {
  const router = useRouter();
  const [adding, setAdding] = useState(false);

  async function setDisabled(user: Row, disabled: boolean) {
    try {
      await apiClient.identity.setUserDisabled.mutate({ userId: user.id, disabled });
      showToast({ text: disabled ? `${user.username} can no longer sign in.` : `${user.username} can sign in again.` });
      router.refresh();
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
    }
  }

  return (
    <div className="grid gap-3">
      <ul aria-label="Users" className="divide-y rounded-md border">
        {users.map((user) => (
          <li key={user.id} className="flex min-h-10 items-center gap-3 px-3 text-sm">
            <span className="font-medium">{user.username}</span>
            <span className="text-ink-muted">{roleChoices.find(({ value }) => value === user.role)?.label}</span>
            <span className="text-ink-subtle">{tenants.find(({ id }) => id === user.tenantId)?.name}</span>
            {user.disabled && <Badge tone="warn">disabled</Badge>}
            {mayWrite && user.id !== self && (
              <Button kind="quiet" size="sm" className="ml-auto" onClick={() => void setDisabled(user, !user.disabled)}>
                {user.disabled ? "Let in again" : "Disable"}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button
        className="justify-self-start"
        disabled={!mayWrite}
        title={
          mayWrite ? undefined : "Adding users needs the right to write identity. A tenant administrator can give it."
        }
        onClick={() => setAdding(true)}
      >
        <Plus aria-hidden /> Add user
      </Button>
      <UserForm open={adding} onClose={() => setAdding(false)} tenants={tenants} ownTenant={ownTenant} />
    </div>
  );
}
