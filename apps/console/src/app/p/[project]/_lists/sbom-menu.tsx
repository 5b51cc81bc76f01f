"use client";

import { Button } from "@rampart/ui/button";
import { DropdownMenu } from "@rampart/ui/dropdown-menu";
import { Download } from "lucide-react";

/** As the public API calls them. */
const formats = [
  ["cyclonedx-json", "CycloneDX 1.6, JSON"],
  ["cyclonedx-xml", "CycloneDX 1.6, XML"],
  ["spdx-json", "SPDX 2.3, JSON"],
] as const;

type SbomMenuProps = Readonly<{ project: string; kind: "images" | "hosts"; id: string }>;

/** Downloads the bill of materials; the page stays, because the answer is a file. */
export function SbomMenu({ project, kind, id }: SbomMenuProps) {
  const download = (sbomFormat: string): void => {
    const query = new URLSearchParams({ id, sbomFormat, project });
    location.assign(`/api/v1/sbom/download/${kind}?${query.toString()}`);
  };
  return (
    <DropdownMenu
      align="end"
      trigger={
        <Button>
          <Download aria-hidden />
          SBOM
        </Button>
      }
      entries={formats.map(([format, label]) => ({ kind: "item", label, onSelect: () => download(format) }))}
    />
  );
}
