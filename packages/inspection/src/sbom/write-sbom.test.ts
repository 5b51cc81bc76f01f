import { describe, expect, test } from "vitest";
import { isIncomplete } from "../contract.ts";
import { readSbom } from "./read-sbom.ts";
import { sampleOrigin, samplePackages, sampleSubject, writtenDocuments } from "./samples.ts";
import { writeSbom } from "./write-sbom.ts";

const bySort = (
  left: { purl: string; path?: string | undefined },
  right: { purl: string; path?: string | undefined },
) => `${left.purl} ${left.path}`.localeCompare(`${right.purl} ${right.path}`);

describe.for(writtenDocuments())("a document in $format", ({ text, format }) => {
  test("tells the same packages when it is read again", () => {
    const { inventory } = readSbom(Buffer.from(text)).inspection;
    expect(inventory.packages.toSorted(bySort)).toEqual([...samplePackages].toSorted(bySort));
    expect(inventory.os).toMatchObject({
      id: "debian",
      ecosystem: "Debian:12",
      name: "Debian GNU/Linux 12 (bookworm)",
    });
  });

  test("keeps its warnings, so that what was incomplete stays incomplete", () => {
    const { inventory } = readSbom(Buffer.from(text)).inspection;
    expect(inventory.warnings).toContainEqual(sampleSubject.warnings[0]);
    expect(isIncomplete(inventory)).toBe(true);
  });

  test("names the source package where other tools look for it", () => {
    expect(text).toContain("upstream=openssl");
    expect(text).toContain("upstream=glibc%402.36-9%2Bdeb12u4");
  });

  test("without warnings is complete", () => {
    const clean = { ...sampleSubject, warnings: [], packages: samplePackages.slice(0, 4) };
    const written = [...writeSbom(format, clean, sampleOrigin)].join("");
    expect(readSbom(Buffer.from(written)).inspection.inventory.warnings).toEqual([]);
  });
});
