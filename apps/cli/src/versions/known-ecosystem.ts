import { Refusal } from "@rampart/kernel";
import { orderedEcosystems } from "@rampart/vulnerabilities/core";

/** Names by which people know an ecosystem besides the one that advisories use. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ["dpkg", "Debian"],
  ["deb", "Debian"],
  ["apk", "Alpine"],
  ["rpm", "Red Hat"],
  ["rhel", "Red Hat"],
  ["redhat", "Red Hat"],
  ["alma", "AlmaLinux"],
  ["rocky", "Rocky Linux"],
  ["oracle", "Oracle Linux"],
  ["amazon", "Amazon Linux"],
  ["fedora", "Fedora"],
  ["node", "npm"],
  ["nodejs", "npm"],
  ["semver", "npm"],
  ["python", "PyPI"],
  ["pip", "PyPI"],
  ["java", "Maven"],
  ["jar", "Maven"],
  ["golang", "Go"],
  ["cargo", "crates.io"],
  ["rust", "crates.io"],
  ["gem", "RubyGems"],
  ["ruby", "RubyGems"],
  ["composer", "Packagist"],
  ["php", "Packagist"],
  ["dotnet", "NuGet"],
  ["swift", "SwiftURL"],
  ["conan", "ConanCenter"],
  ["elixir", "Hex"],
  ["dart", "Pub"],
]);

const bySmallName = new Map(orderedEcosystems.map((name) => [name.toLowerCase(), name]));

/** An ecosystem as advisories spell it, whatever the capitals; a release (`debian:12`) stays as it is. */
export function knownEcosystem(asked: string): string {
  const colon = asked.indexOf(":");
  const family = (colon === -1 ? asked : asked.slice(0, colon)).trim().toLowerCase();
  const known = bySmallName.get(family) ?? otherNames.get(family);
  if (known !== undefined) return colon === -1 ? known : `${known}${asked.slice(colon)}`;
  const names = orderedEcosystems.toSorted((left, right) => left.localeCompare(right)).join(", ");
  throw new Refusal(
    "invalid",
    "cli.ecosystem.unknown",
    `There is no ecosystem "${asked.slice(0, 100)}". Known are: ${names}.`,
  );
}
