/**
 * A few flaws that everybody knows, described in our own words, so that a first run without any feed finds something
 * real. As soon as a feed names one of them for an ecosystem, the feed's record takes its place.
 */
type StarterRange = readonly [introduced: string, fixed: string];
type StarterPackage = Readonly<{ ecosystem: string; name: string; ranges: readonly StarterRange[] }>;
type Starter = Readonly<{
  cve: string;
  published: string;
  severity: "CRITICAL" | "HIGH" | "MEDIUM";
  vector: string;
  summary: string;
  packages: readonly StarterPackage[];
}>;

export const starterSource = "starter";

const debian = (name: string, fixes: Readonly<Record<string, string>>): readonly StarterPackage[] =>
  Object.entries(fixes).map(([release, fixed]) => ({ ecosystem: `Debian:${release}`, name, ranges: [["0", fixed]] }));

const starters: readonly Starter[] = [
  {
    cve: "CVE-2021-44228",
    published: "2021-12-10",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
    summary:
      "Log4Shell: Log4j looks up names inside logged text, so that logging a request leads to remote code execution",
    packages: [
      {
        ecosystem: "Maven",
        name: "org.apache.logging.log4j:log4j-core",
        ranges: [
          ["2.0-beta9", "2.3.1"],
          ["2.4", "2.12.2"],
          ["2.13.0", "2.15.0"],
        ],
      },
      ...debian("apache-log4j2", { "11": "2.15.0-1~deb11u1", "12": "2.15.0-1" }),
    ],
  },
  {
    cve: "CVE-2021-45046",
    published: "2021-12-14",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H",
    summary: "The first repair of Log4Shell left a way open through the thread context, again to remote code execution",
    packages: [
      {
        ecosystem: "Maven",
        name: "org.apache.logging.log4j:log4j-core",
        ranges: [
          ["2.0-beta9", "2.3.1"],
          ["2.4", "2.12.2"],
          ["2.13.0", "2.16.0"],
        ],
      },
    ],
  },
  {
    cve: "CVE-2022-22965",
    published: "2022-04-01",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    summary: "Spring4Shell: binding of request parameters reaches the class loader and allows remote code execution",
    packages: [
      {
        ecosystem: "Maven",
        name: "org.springframework:spring-beans",
        ranges: [
          ["0", "5.2.20.RELEASE"],
          ["5.3.0", "5.3.18"],
        ],
      },
    ],
  },
  {
    cve: "CVE-2022-42889",
    published: "2022-10-13",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    summary:
      "Text4Shell: variable interpolation of Commons Text runs scripts from untrusted text, remote code execution",
    packages: [{ ecosystem: "Maven", name: "org.apache.commons:commons-text", ranges: [["1.5", "1.10.0"]] }],
  },
  {
    cve: "CVE-2017-5638",
    published: "2017-03-10",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    summary: "Struts evaluates an expression in the content type of an upload, which allows remote code execution",
    packages: [
      {
        ecosystem: "Maven",
        name: "org.apache.struts:struts2-core",
        ranges: [
          ["2.3.5", "2.3.32"],
          ["2.5.0", "2.5.10.1"],
        ],
      },
    ],
  },
  {
    cve: "CVE-2018-1002201",
    published: "2018-07-25",
    severity: "MEDIUM",
    vector: "CVSS:3.0/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N",
    summary: "Zip Slip: unpacking an archive with ../ in its names writes files outside of the target folder",
    packages: [{ ecosystem: "Maven", name: "org.zeroturnaround:zt-zip", ranges: [["0", "1.13"]] }],
  },
  {
    cve: "CVE-2014-6271",
    published: "2014-09-24",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    summary:
      "Shellshock: bash runs commands that follow a function in an environment variable, also for remote requests",
    packages: [
      ...debian("bash", { "7": "4.2+dfsg-0.1+deb7u1", "8": "4.3-9.1", "9": "4.3-9.1", "10": "4.3-9.1" }),
      { ecosystem: "Ubuntu:14.04", name: "bash", ranges: [["0", "4.3-7ubuntu1.1"]] },
    ],
  },
  {
    cve: "CVE-2014-0160",
    published: "2014-04-07",
    severity: "HIGH",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N",
    summary: "Heartbleed: OpenSSL answers a heartbeat with up to 64 KiB of its memory, private keys among it",
    packages: [
      { ecosystem: "Debian:7", name: "openssl", ranges: [["1.0.1", "1.0.1e-2+deb7u5"]] },
      { ecosystem: "Ubuntu:12.04", name: "openssl", ranges: [["1.0.1", "1.0.1-4ubuntu5.12"]] },
    ],
  },
  {
    cve: "CVE-2024-3094",
    published: "2024-03-29",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H",
    summary: "The xz 5.6.0 and 5.6.1 releases carry a planted back door that reaches the SSH server through liblzma",
    packages: [
      { ecosystem: "Debian:13", name: "xz-utils", ranges: [["5.5.1alpha-0.1", "5.6.1+really5.4.5-1"]] },
      { ecosystem: "Alpine:edge", name: "xz", ranges: [["5.6.0-r0", "5.6.1-r2"]] },
      { ecosystem: "crates.io", name: "liblzma-sys", ranges: [["0.3.2", "0.3.3"]] },
    ],
  },
  {
    cve: "CVE-2022-0847",
    published: "2022-03-07",
    severity: "HIGH",
    vector: "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
    summary: "Dirty Pipe: any local user can overwrite files that may only be read, and so become root",
    packages: [
      { ecosystem: "Debian:11", name: "linux", ranges: [["5.8", "5.10.92-2"]] },
      {
        ecosystem: "Linux",
        name: "Kernel",
        ranges: [
          ["5.8", "5.10.102"],
          ["5.11", "5.15.25"],
          ["5.16", "5.16.11"],
        ],
      },
    ],
  },
  {
    cve: "CVE-2021-4034",
    published: "2022-01-25",
    severity: "HIGH",
    vector: "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
    summary: "PwnKit: pkexec mistakes its own environment for arguments, which makes any local user root",
    packages: debian("policykit-1", { "10": "0.105-25+deb10u1", "11": "0.105-31+deb11u1", "12": "0.105-31.1" }),
  },
  {
    cve: "CVE-2021-3156",
    published: "2021-01-26",
    severity: "HIGH",
    vector: "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
    summary: "Baron Samedit: sudo writes past the end of its argument buffer, which makes any local user root",
    packages: debian("sudo", { "10": "1.8.27-1+deb10u3", "11": "1.9.5p1-1.1", "12": "1.9.5p1-1.1" }),
  },
  {
    cve: "CVE-2023-4911",
    published: "2023-10-03",
    severity: "HIGH",
    vector: "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H",
    summary: "Looney Tunables: the loader of the C library overruns a buffer while reading GLIBC_TUNABLES, local root",
    packages: [
      { ecosystem: "Debian:12", name: "glibc", ranges: [["2.34", "2.36-9+deb12u3"]] },
      { ecosystem: "Ubuntu:22.04", name: "glibc", ranges: [["2.34", "2.35-0ubuntu3.4"]] },
    ],
  },
  {
    cve: "CVE-2023-44487",
    published: "2023-10-10",
    severity: "HIGH",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",
    summary: "HTTP/2 Rapid Reset: opening and cancelling streams at once exhausts a server",
    packages: [
      { ecosystem: "Go", name: "golang.org/x/net", ranges: [["0", "0.17.0"]] },
      {
        ecosystem: "Go",
        name: "stdlib",
        ranges: [
          ["0", "1.20.10"],
          ["1.21.0-0", "1.21.3"],
        ],
      },
    ],
  },
  {
    cve: "CVE-2019-10744",
    published: "2019-07-26",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H",
    summary: "lodash's defaultsDeep lets input change the prototype of all objects",
    packages: [{ ecosystem: "npm", name: "lodash", ranges: [["0", "4.17.12"]] }],
  },
  {
    cve: "CVE-2021-44906",
    published: "2022-03-17",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    summary: "minimist lets command line arguments change the prototype of all objects",
    packages: [
      {
        ecosystem: "npm",
        name: "minimist",
        ranges: [
          ["0", "0.2.4"],
          ["1.0.0", "1.2.6"],
        ],
      },
    ],
  },
  {
    cve: "CVE-2020-14343",
    published: "2021-02-09",
    severity: "CRITICAL",
    vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    summary: "PyYAML's full loader builds arbitrary objects, so that an untrusted document executes code",
    packages: [{ ecosystem: "PyPI", name: "pyyaml", ranges: [["0", "5.4"]] }],
  },
];

/** Of these, the ones that are known to be used in attacks. */
export const starterExploited: readonly string[] = [
  "CVE-2014-0160",
  "CVE-2014-6271",
  "CVE-2017-5638",
  "CVE-2021-3156",
  "CVE-2021-4034",
  "CVE-2021-44228",
  "CVE-2021-45046",
  "CVE-2022-0847",
  "CVE-2022-22965",
  "CVE-2023-44487",
  "CVE-2023-4911",
];

/** The set in the form of OSV records, as any feed has it. */
export const starterRecords: readonly unknown[] = starters.map((starter) => ({
  id: starter.cve,
  modified: `${starter.published}T00:00:00Z`,
  published: `${starter.published}T00:00:00Z`,
  summary: starter.summary,
  severity: [{ type: "CVSS_V3", score: starter.vector }],
  database_specific: { severity: starter.severity },
  affected: starter.packages.map(({ ecosystem, name, ranges }) => ({
    package: { ecosystem, name },
    ranges: ranges.map(([introduced, fixed]) => ({
      type: "ECOSYSTEM",
      events: [{ introduced }, { fixed }],
    })),
  })),
  references: [{ type: "ADVISORY", url: `https://nvd.nist.gov/vuln/detail/${starter.cve}` }],
}));
