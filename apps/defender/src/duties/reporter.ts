import { readFile } from "node:fs/promises";
import { encodeReport, type DefenderReport } from "@rampart/protocol";
import type { NewReport, Spool } from "../link/spool/spool.ts";

type Untimed<Report> = Report extends DefenderReport ? Omit<Report, "at"> : never;

/** Puts what the duties found into the spool. Resolves when it is safe. */
export type Reporter = Readonly<{
  /** The time of a report made now. Never earlier than that of the one before, whatever the clock does. */
  now(): string;
  report(report: Untimed<DefenderReport>): Promise<void>;
  /** Takes a report that a child has encoded into a file. */
  reportFile(type: DefenderReport["type"], subject: string, file: string): Promise<void>;
}>;

export function reporter(spool: Pick<Spool, "append">): Reporter {
  let lastMs = 0;
  const now = () => new Date((lastMs = Math.max(Date.now(), lastMs))).toISOString();
  const append = async (report: NewReport) => void (await spool.append(report));
  return {
    now,
    async report(untimed) {
      const report: DefenderReport = { ...untimed, at: now() };
      await append({ type: report.type, subject: subjectOf(report), body: await encodeReport(report) });
    },
    async reportFile(type, subject, file) {
      await append({ type, subject, body: await readFile(file) });
    },
  };
}

/** What a report is about: a newer one about the same replaces it while it waits. A full list replaces its parts. */
export function subjectOf(report: DefenderReport): string {
  switch (report.type) {
    case "host.inventory":
      return "host";
    case "image.inventory":
    case "image.unreadable":
      return imageSubject(report.image.id);
    case "images.snapshot":
      return "images";
    case "image.removed":
      return imageSubject(report.imageId);
    case "containers.snapshot":
      return "container";
    case "container.changed":
      return `container/${report.containerId}`;
    case "container.contents":
      return contentsSubject(report.containerId);
    case "packages.used":
      return useSubject(report.imageId);
  }
}

/** Apart from the list of containers, which says nothing about their content. */
export const contentsSubject = (containerId: string): string => `contents/${containerId}`;

export const useSubject = (imageId: string | null): string => `use/${imageId ?? "host"}`;

/** Apart from the list of images, which says nothing about their content. */
export const imageSubject = (imageId: string): string => `image-content/${imageId}`;
