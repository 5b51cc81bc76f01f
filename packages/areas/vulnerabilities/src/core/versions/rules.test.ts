import { describe, expect, test } from "vitest";
import { compareVersions, orderedEcosystems, versionSchemeOf } from "./version-scheme-of.ts";

/** Ecosystems of which no table was published; oldest first, what is the same version side by side. */
const ascending = {
  Linux: [
    ["2.6.12-rc2"],
    ["2.6.12"],
    ["5.4", "5.4.0"],
    ["5.4.1", "5.4.1-custom+"],
    ["5.10-rc1"],
    ["5.10-rc10"],
    ["5.10"],
  ],
  Bitnami: [
    ["1.8.0_292", "1.8.0-292"],
    ["1.8.0-333"],
    ["2.6.0-rc7"],
    ["2.6.0", "2.6.0-0"],
    ["2.6.0-7"],
    ["2.6.0-10"],
    ["2.6.1"],
  ],
  ConanCenter: [
    ["cci.20190101"],
    ["cci.20210118"],
    ["1.1.0"],
    ["1.1.1-rc1"],
    ["1.1.1", "v1.1.1+build"],
    ["1.1.1a"],
    ["1.1.1k"],
    ["1.1.2"],
    ["1.1.10"],
  ],
  CRAN: [["0.1-3"], ["0.1-9", "0.1.9"], ["1.0"], ["1.0.0"], ["1.2.2-2"], ["1.2.10"]],
  Hackage: [["0.4"], ["0.4.0.0"], ["1.10"], ["2.0.1.0"]],
  Julia: [["1.0.0-rc1"], ["1.0.0"], ["1.0.0+0"], ["1.0.0+1"], ["1.0.0+10"], ["7.1.2023+0"]],
  Pub: [["1.0.0-dev.1"], ["1.0.0"], ["1.0.0+1"], ["1.0.1"]],
  opam: [["1.0~rc1"], ["1.0"], ["1.0+x"], ["1.0-1"], ["1.0.1"], ["1.10"]],
  Debian: [["1.0~rc1-1"], ["1.0-1~deb12u1"], ["1.0-1"], ["1.0-1+b1"], ["1.0-1+deb12u1"], ["1:0.1-1"]],
  Chainguard: [["1.2.3_rc1-r0"], ["1.2.3-r0"], ["1.2.3-r10"], ["1.2.3_p1-r0"], ["1.2.10-r0"]],
  "Amazon Linux": [["1.0-1.amzn2"], ["1.0-1.amzn2.0.2"], ["1.0-2.amzn2"], ["1:0.1-1.amzn2"]],
  Fedora: [["1.0~rc1-1.fc40"], ["1.0-1.fc40"], ["1.0-1.fc41"], ["1.0^git1-1.fc40"], ["1.0.1-1.fc40"]],
  "Oracle Linux": [["3.0.7-16.0.1.el9_2"], ["3.0.7-16.0.2.el9_2"], ["1:3.0.7-1.el9"]],
} as const;

describe.for(Object.entries(ascending))("%s orders", ([ecosystem, groups]) => {
  test("the older before the newer, both ways round, and knows what is the same", () => {
    const wrong: string[] = [];
    groups.forEach((group, place) =>
      groups.forEach((other, otherPlace) => {
        for (const left of group) {
          for (const right of other) {
            const order = Math.sign(compareVersions(ecosystem, left, right));
            if (order !== Math.sign(place - otherPlace)) wrong.push(`${left} ${order} ${right}`);
          }
        }
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("nothing but versions", () => {
    expect(groups.flat().filter((text) => !versionSchemeOf(ecosystem).isVersion(text))).toEqual([]);
  });
});

test("every distribution and registry whose packages are read has rules of its own", () => {
  const read = "Debian Ubuntu Alpine Wolfi Chainguard AlmaLinux Fedora SUSE openSUSE CBL-Mariner npm PyPI Maven Go";
  const more = "RubyGems crates.io Packagist NuGet Hex Pub SwiftURL ConanCenter Bitnami CRAN Hackage Julia opam Linux";
  const spaced = ["Rocky Linux", "Red Hat", "Oracle Linux", "Amazon Linux", "Azure Linux", "Photon OS"];
  const missing = [...read.split(" "), ...more.split(" "), ...spaced].filter(
    (name) => !orderedEcosystems.includes(name),
  );
  expect(missing).toEqual([]);
});
