import { describe, expect, test } from "vitest";
import { imageDigest, imageName } from "./image-name.ts";

const id = `sha256:${"a".repeat(64)}`;
const digest = `sha256:${"b".repeat(64)}`;

describe("imageName", () => {
  test.for([
    [
      "prefers a tag",
      { id, repoTags: ["shop/web:2", "shop/web:1"], repoDigests: [`shop/web@${digest}`] },
      "shop/web:1",
    ],
    [
      "takes the repository digest without a tag",
      { id, repoTags: [], repoDigests: [`shop/web@${digest}`] },
      `shop/web@${digest}`,
    ],
    ["takes the id of a nameless image", { id, repoTags: ["<none>:<none>"], repoDigests: ["<none>@<none>"] }, id],
  ] as const)("%s", ([, image, name]) => {
    expect(imageName(image)).toBe(name);
  });

  test("does not depend on the order in which an engine lists the tags", () => {
    expect(imageName({ id, repoTags: ["b:1", "a:1"], repoDigests: [] })).toBe(
      imageName({ id, repoTags: ["a:1", "b:1"], repoDigests: [] }),
    );
  });
});

test("the digest of an image that was never in a registry is its id", () => {
  expect(imageDigest({ id, repoTags: ["a:1"], repoDigests: [] })).toBe(id);
  expect(imageDigest({ id, repoTags: ["a:1"], repoDigests: [`reg.example:5000/a@${digest}`] })).toBe(digest);
});
