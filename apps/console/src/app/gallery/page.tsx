import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isDevelopment } from "#root/config.ts";
import { Frame } from "#shell/frame.tsx";
import { readPreferences } from "#shell/preferences.ts";
import { ControlSamples } from "./_parts/control-samples.tsx";
import { ShownSamples } from "./_parts/shown-samples.tsx";
import { TableSample } from "./_parts/table-sample.tsx";

export const metadata: Metadata = { title: "Gallery" };

const project = { slug: "sample", name: "Sample project", tenantName: "Sample tenant" };

/** Every component of the kit in its states, for developers. Not part of a production build. */
export default async function GalleryPage() {
  if (!isDevelopment) notFound();
  return (
    <Frame
      person={{ name: "sample", role: "Central admin" }}
      project={project}
      projects={[project, { slug: "other", name: "Other project", tenantName: "Sample tenant" }]}
      preferences={await readPreferences()}
    >
      <TableSample />
      <ShownSamples />
      <ControlSamples />
    </Frame>
  );
}
