import { imagesMax } from "@rampart/protocol";
import type { EngineClient, ImageNames } from "../host/engine/engine-client.ts";
import type { Reporter } from "./reporter.ts";

/** What was last reported of this host's images and their names. */
export type ImagesSeen = Readonly<{
  count(): number;
  has(id: string): boolean;
  /** Reports the full list if it differs. Answers with the ids. */
  reportAll(client: EngineClient): Promise<readonly string[]>;
  /** The next full list is reported whatever it says. */
  forget(): void;
}>;

export function imagesSeen(reporter: Reporter): ImagesSeen {
  let ids: ReadonlySet<string> = new Set();
  let reported: string | null = null;

  return {
    count: () => ids.size,
    has: (id) => ids.has(id),
    async reportAll(client) {
      const images = oneEach(await client.listImages()).slice(0, imagesMax);
      const list = JSON.stringify(images);
      if (list !== reported) await reporter.report({ type: "images.snapshot", images });
      reported = list;
      ids = new Set(images.map((image) => image.id));
      return [...ids];
    },
    forget: () => void (reported = null),
  };
}

/** podman lists an image once per name. */
function oneEach(images: readonly ImageNames[]): ImageNames[] {
  const byId = new Map<string, ImageNames>();
  for (const image of images) {
    const known = byId.get(image.id);
    byId.set(image.id, known === undefined ? image : merge(known, image));
  }
  return [...byId.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

function merge(one: ImageNames, other: ImageNames): ImageNames {
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].toSorted();
  return {
    id: one.id,
    repoTags: union(one.repoTags, other.repoTags),
    repoDigests: union(one.repoDigests, other.repoDigests),
  };
}
