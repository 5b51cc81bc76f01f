import type { Entry } from "./archives.ts";

/** Entries of layers, in the form that distributions and package managers write them. */
export function osRelease(fields: Readonly<Record<string, string>>): Entry {
  const lines = Object.entries(fields).map(([key, value]) => `${key}="${value}"`);
  return { name: "etc/os-release", body: `${lines.join("\n")}\n` };
}

export const debian12 = osRelease({ ID: "debian", VERSION_ID: "12", PRETTY_NAME: "Debian GNU/Linux 12 (bookworm)" });

export function dpkgStatus(packages: Readonly<Record<string, string>>): Entry {
  const stanzas = Object.entries(packages).map(
    ([name, version]) =>
      `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\nDescription: ${name}\n long text\n`,
  );
  return { name: "var/lib/dpkg/status", body: stanzas.join("\n") };
}

export function nodeModule(folder: string, name: string, version: string): Entry {
  return {
    name: `${folder}/node_modules/${name}/package.json`,
    body: JSON.stringify({ name, version, license: "MIT" }),
  };
}

export function pythonPackage(name: string, version: string, folder = "usr/lib/python3/dist-packages"): Entry {
  return {
    name: `${folder}/${name}-${version}.dist-info/METADATA`,
    body: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nName: not this one\n`,
  };
}
