import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("../styles.css", import.meta.url), "utf8");
const tokens = new Map(
  Array.from(css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g), (match) => [
    match[1] ?? "",
    { light: match[2] ?? "", dark: match[3] ?? "" },
  ]),
);

/** Relative luminance and contrast of WCAG 2.2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["canvas", "surface", "raised", "sunken", "hover", "selected"];
const texts = [
  "ink",
  "ink-muted",
  "ink-subtle",
  "accent",
  "critical",
  "high",
  "medium",
  "low",
  "unknown",
  "good",
  "warn",
  "bad",
];
const pairs = [
  ...texts.flatMap((text) => surfaces.map((surface) => [text, surface])),
  ...["critical", "high", "medium", "low", "unknown", "good", "warn", "bad"].map((text) => [text, `${text}-soft`]),
  ["on-accent", "accent-fill"],
  ["on-accent", "accent-fill-hover"],
] as [string, string][];

test.for(["light", "dark"] as const)("every text token reads on every surface in the %s theme", (theme) => {
  const weak = pairs.filter(([text, surface]) => {
    const [front, back] = [tokens.get(text)?.[theme], tokens.get(surface)?.[theme]];
    return front === undefined || back === undefined || contrast(front, back) < 4.5;
  });
  expect(weak).toEqual([]);
});

test.for(["light", "dark"] as const)("control borders and focus stand out from surfaces in the %s theme", (theme) => {
  const weak = ["line-strong", "accent"].flatMap((line) =>
    ["canvas", "surface", "raised"].filter(
      (surface) => contrast(tokens.get(line)?.[theme] ?? "#000000", tokens.get(surface)?.[theme] ?? "#000000") < 3,
    ),
  );
  expect(weak).toEqual([]);
});
