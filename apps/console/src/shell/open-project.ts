import type { Permission } from "@rampart/kernel";
import type { Me } from "@rampart/identity/contract";
import { notFound } from "next/navigation";
import { cache } from "react";
import { serverApi } from "#server/trpc.ts";
import { answered } from "#shell/answered.ts";

/** Who is signed in; asked once per request however many parts of a page want to know. */
export const currentPerson = cache(async (): Promise<Me> => {
  const api = await serverApi();
  return answered(api.identity.me());
});

export type OpenProject = Readonly<{
  api: Awaited<ReturnType<typeof serverApi>>;
  /** What procedures are asked with. */
  project: string;
  name: string;
  /** Beginning of every address of the project. */
  base: string;
  can(permission: Permission): boolean;
}>;

/** What a page of a project starts with. A project that the person may not open does not exist for them. */
export const openProject = cache(async (slug: string): Promise<OpenProject> => {
  const [api, me] = await Promise.all([serverApi(), currentPerson()]);
  const found = me.projects.find((project) => project.slug === slug);
  if (found === undefined) notFound();
  const permissions = new Set(me.permissions);
  return { api, project: slug, name: found.name, base: `/p/${slug}`, can: (permission) => permissions.has(permission) };
});

const roleWords = { "central-admin": "Central admin", "tenant-admin": "Tenant admin", reader: "Read-only" } as const;

export function roleWord(role: keyof typeof roleWords): string {
  return roleWords[role];
}
