import type { ScanReport } from "../scan/report.ts";
import type { ReportedFinding } from "../scan/reported-finding.ts";

type Scanned = Pick<ScanReport, "name" | "sourceFolder">;

/** The file that holds or declares the package, and the package itself as its logical place. */
export function locationOf({ path, packageName, packageVersion }: ReportedFinding, scanned: Scanned) {
  return {
    physicalLocation: physicalLocation(path, 1, scanned),
    logicalLocations: [{ name: packageName, fullyQualifiedName: `${packageName}@${packageVersion}`, kind: "package" }],
  };
}

/** Code hosts refuse a result without a file and a line: packages of a distribution lie in what was scanned as a whole. */
export function physicalLocation(path: string | null, startLine: number, { name, sourceFolder }: Scanned) {
  const place = path === null ? name : `${sourceFolder ?? ""}/${path}`;
  return { artifactLocation: { uri: toUri(place) }, region: { startLine } };
}

/** A relative reference that no path can leave: an archive may name its files as it likes. */
function toUri(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== "." && segment !== "..");
  return segments.map((segment) => encodeURIComponent(segment.toWellFormed())).join("/") || "unnamed";
}
