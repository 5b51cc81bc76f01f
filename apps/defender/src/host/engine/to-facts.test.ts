import { ContainerFacts, ImageFacts } from "@rampart/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toContainerFacts, toImageFacts, toImageId } from "./to-facts.ts";

const hex = "a".repeat(64);
const anyTexts = fc.option(fc.array(fc.string({ maxLength: 9_000 }), { maxLength: 300 }), { nil: null });
const anyLabels = fc.option(
  fc.dictionary(fc.string({ maxLength: 600 }), fc.string({ maxLength: 5_000 }), { maxKeys: 300 }),
  { nil: null },
);

test("whatever an engine says of an image fits the protocol", () => {
  fc.assert(
    fc.property(anyTexts, anyLabels, fc.option(fc.string(), { nil: null }), (texts, labels, text) => {
      const image = {
        Id: hex,
        RepoTags: texts,
        RepoDigests: texts,
        Created: text,
        Size: -1,
        Os: text,
        Architecture: text,
      };
      const facts = toImageFacts({ ...image, Config: { User: text, Entrypoint: texts, Cmd: texts, Labels: labels } });
      expect(ImageFacts.safeParse(facts).error).toBeUndefined();
    }),
    { numRuns: 30 },
  );
});

test("whatever an engine says of a container fits the protocol", () => {
  fc.assert(
    fc.property(anyLabels, fc.string(), fc.string({ maxLength: 2_000 }), fc.integer(), (labels, state, name, pid) => {
      const facts = toContainerFacts({
        Id: hex,
        Name: name,
        Image: hex,
        Created: state,
        State: { Status: state, Pid: pid, StartedAt: name },
        Config: { Image: name, Labels: labels, User: name },
        HostConfig: { Privileged: true, NetworkMode: name },
        NetworkSettings: { Ports: { [name]: null, [`${pid}/tcp`]: [{ HostIp: name, HostPort: String(pid) }] } },
      });
      expect(ContainerFacts.safeParse(facts).error).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

test("placeholders for none are no names", () => {
  const image = toImageFacts({ Id: hex, RepoTags: ["<none>:<none>"], RepoDigests: ["<none>@<none>"] });
  expect(image).toMatchObject({ id: `sha256:${hex}`, repoTags: [], repoDigests: [] });
});

test("ports keep where they are published", () => {
  const { ports } = toContainerFacts({
    Id: hex,
    Name: "/web",
    Image: `sha256:${hex}`,
    Created: "2026-01-05T10:00:00.123456789Z",
    State: { Status: "running" },
    Config: {},
    NetworkSettings: { Ports: { "80/tcp": [{ HostIp: "0.0.0.0", HostPort: "8080" }], "53/udp": null } },
  });
  expect(ports).toEqual([
    { containerPort: 80, protocol: "tcp", hostIp: "0.0.0.0", hostPort: 8080 },
    { containerPort: 53, protocol: "udp" },
  ]);
});

test("an id without its algorithm gets it", () => {
  expect(toImageId(hex)).toBe(`sha256:${hex}`);
  expect(toImageId(`sha256:${hex}`)).toBe(`sha256:${hex}`);
});
