import { EmptyState } from "@rampart/ui/empty-state";
import { redirect } from "next/navigation";
import { serverApi } from "#server/trpc.ts";
import { currentPerson } from "#shell/open-project.ts";

/** Leads to the first project of the person, to sign-in, or to set-up while nobody administers the installation. */
export default async function FrontDoor() {
  const api = await serverApi();
  if (!(await api.identity.isInitialized())) redirect("/setup");
  const { projects } = await currentPerson();
  const [first] = projects;
  if (first !== undefined) redirect(`/p/${first.slug}`);
  return (
    <main className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">Projects</h1>
      <EmptyState title="No project is open to you">A tenant administrator can give you the right to one.</EmptyState>
    </main>
  );
}
