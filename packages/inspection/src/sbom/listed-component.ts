import type { OsReleaseContent } from "../layers/layer-result.ts";

/** One entry of a bill of materials, whatever format it came in. Texts are as they stand there, not yet bounded. */
export type ListedComponent = Readonly<{
  name: string;
  version: string;
  purl?: string;
  /** Source package, where the writer says so outside the package URL. */
  sourceName?: string;
  sourceVersion?: string;
  path?: string;
  licenses?: readonly string[];
  ownedByOs?: boolean;
}>;

/** A bill of materials, read but not yet understood. */
export type ListedDocument = Readonly<{
  format: string;
  /** What the document is about: an image, a folder, a product. */
  subject: string;
  os: OsReleaseContent | null;
  components: readonly ListedComponent[];
  /** Entries that cannot be read at all, each with its reason. */
  unreadable: readonly string[];
  /** What the writer itself warned of: `code: message`, or free words. */
  remarks: readonly string[];
}>;
