/** Small texts of each format, in the shapes that their publishers use; all names and numbers are made up. */
import type { FeedFormat } from "./feed-format.ts";

const debianTracker = {
  tinyweb: {
    "CVE-2031-1001": {
      scope: "remote",
      debianbug: 1,
      description: "A request with a long name crashes the server.",
      releases: {
        bookworm: {
          status: "resolved",
          repositories: { bookworm: "1.2-3+deb12u2", "bookworm-security": "1.2-3+deb12u2" },
          fixed_version: "1.2-3+deb12u1",
          urgency: "high**",
        },
        trixie: { status: "open", repositories: { trixie: "1.4-1" }, urgency: "not yet assigned" },
        sid: {
          status: "resolved",
          repositories: { sid: "1.5-1" },
          fixed_version: "1.5-1",
          urgency: "not yet assigned",
        },
      },
    },
    "CVE-2031-1002": {
      releases: {
        bookworm: {
          status: "open",
          repositories: { bookworm: "1.2-3" },
          urgency: "low",
          nodsa: "Minor issue",
          nodsa_reason: "postponed",
        },
        trixie: { status: "resolved", repositories: { trixie: "1.4-1" }, fixed_version: "0", urgency: "unimportant" },
      },
    },
    "TEMP-0000000-AB12CD": { releases: { bookworm: { status: "undetermined", urgency: "not yet assigned" } } },
  },
  otherlib: {
    "CVE-2031-1001": {
      releases: { bookworm: { status: "open", repositories: { bookworm: "3-1" }, urgency: "end-of-life" } },
    },
  },
};

const alpineSecdb = {
  apkurl: "{{urlprefix}}/{{distroversion}}/{{reponame}}/{{arch}}/{{pkg.name}}-{{pkg.ver}}.apk",
  archs: ["aarch64", "x86_64"],
  reponame: "main",
  urlprefix: "https://dl-cdn.alpinelinux.org/alpine",
  distroversion: "v3.20",
  packages: [
    {
      pkg: {
        name: "tinyweb",
        secfixes: {
          "1.2-r1": ["CVE-2031-1001", "CVE-2031-1003 (+)", "CVE-2031-1004 GHSA-aaaa-bbbb-cccc"],
          "1.2-r3": ["CVE-2031-1003"],
          "0": ["CVE-2031-1005"],
        },
      },
    },
    { pkg: { name: "quiet", secfixes: null } },
  ],
};

const wolfiSecdb = {
  apkurl: "{{urlprefix}}/{{reponame}}/{{arch}}/{{pkg.name}}-{{pkg.ver}}.apk",
  archs: ["x86_64"],
  reponame: "os",
  urlprefix: "https://packages.wolfi.dev",
  packages: [{ pkg: { name: "tinyweb", secfixes: { "1.2-r1": ["CVE-2031-1001", "GHSA-aaaa-bbbb-cccc"] } } }],
};

const component = (product_id: string, purl?: string) => ({
  category: "product_version",
  name: product_id,
  product: { name: product_id, product_id, ...(purl !== undefined && { product_identification_helper: { purl } }) },
});
const platform = (product_id: string, cpe: string) => ({
  category: "product_name",
  name: product_id,
  product: { name: product_id, product_id, product_identification_helper: { cpe } },
});
const relation = (platformId: string, componentId: string) => ({
  category: "default_component_of",
  full_product_name: { name: "as a component", product_id: `${platformId}:${componentId}` },
  product_reference: componentId,
  relates_to_product_reference: platformId,
});

export const redHatVex = {
  document: {
    aggregate_severity: { namespace: "https://vendor.example/classification/", text: "Important" },
    category: "csaf_vex",
    csaf_version: "2.0",
    publisher: { category: "vendor", name: "Vendor", namespace: "https://vendor.example" },
    references: [{ category: "self", summary: "Canonical URL", url: "https://vendor.example/cve-2031-1001" }],
    title: "tinyweb: crash",
    tracking: {
      id: "CVE-2031-1001",
      initial_release_date: "2031-01-02T00:00:00+00:00",
      current_release_date: "2031-02-03T04:05:06+00:00",
      status: "final",
      version: "3",
    },
  },
  product_tree: {
    branches: [
      {
        category: "vendor",
        name: "Vendor",
        branches: [
          platform("BaseOS-9.4.0.Z.MAIN.EUS", "cpe:/o:redhat:enterprise_linux:9::baseos"),
          platform("BaseOS-9.2.0.Z.EUS", "cpe:/o:redhat:rhel_eus:9.2::baseos"),
          platform("red_hat_enterprise_linux_8", "cpe:/o:redhat:enterprise_linux:8"),
          component("tinyweb-1:1.2-3.el9_4.x86_64", "pkg:rpm/redhat/tinyweb@1.2-3.el9_4?arch=x86_64&epoch=1"),
          component("tinyweb-debuginfo-1:1.2-3.el9_4.x86_64"),
          component("ruby:3.3:9040020240906:9:ruby-0:3.3.5-3.module+el9.x86_64"),
          component("tinyweb", "pkg:rpm/redhat/tinyweb?arch=src"),
          component("otherlib", "pkg:rpm/redhat/otherlib?arch=src"),
        ],
      },
    ],
    relationships: [
      relation("BaseOS-9.4.0.Z.MAIN.EUS", "tinyweb-1:1.2-3.el9_4.x86_64"),
      relation("BaseOS-9.4.0.Z.MAIN.EUS", "tinyweb-debuginfo-1:1.2-3.el9_4.x86_64"),
      relation("BaseOS-9.4.0.Z.MAIN.EUS", "ruby:3.3:9040020240906:9:ruby-0:3.3.5-3.module+el9.x86_64"),
      relation("BaseOS-9.2.0.Z.EUS", "tinyweb-1:1.2-3.el9_4.x86_64"),
      relation("red_hat_enterprise_linux_8", "tinyweb"),
      relation("red_hat_enterprise_linux_8", "otherlib"),
    ],
  },
  vulnerabilities: [
    {
      cve: "CVE-2031-1001",
      title: "tinyweb: a long name crashes the server",
      release_date: "2031-01-01T00:00:00+00:00",
      product_status: {
        fixed: [
          "BaseOS-9.4.0.Z.MAIN.EUS:tinyweb-1:1.2-3.el9_4.x86_64",
          "BaseOS-9.4.0.Z.MAIN.EUS:tinyweb-debuginfo-1:1.2-3.el9_4.x86_64",
          "BaseOS-9.4.0.Z.MAIN.EUS:ruby:3.3:9040020240906:9:ruby-0:3.3.5-3.module+el9.x86_64",
          "BaseOS-9.2.0.Z.EUS:tinyweb-1:1.2-3.el9_4.x86_64",
        ],
        known_affected: ["red_hat_enterprise_linux_8:tinyweb"],
        known_not_affected: ["red_hat_enterprise_linux_8:otherlib"],
      },
      remediations: [
        { category: "no_fix_planned", details: "Will not fix", product_ids: ["red_hat_enterprise_linux_8:tinyweb"] },
      ],
      scores: [
        {
          cvss_v3: { baseScore: 7.5, vectorString: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", version: "3.1" },
          products: [],
        },
      ],
      threats: [{ category: "impact", details: "Moderate" }],
    },
  ],
};

export const suseVex = {
  document: { ...redHatVex.document, tracking: { ...redHatVex.document.tracking, id: "CVE-2031-2001" } },
  product_tree: {
    branches: [
      platform("SUSE Linux Enterprise Server 15 SP5", "cpe:/o:suse:sles:15:sp5"),
      platform("SUSE Linux Enterprise Module for Basesystem 15 SP5", "cpe:/o:suse:sle-module-basesystem:15:sp5"),
      platform("openSUSE Leap 15.6", "cpe:/o:opensuse:leap:15.6"),
      component("libtiny1-1.2-150500.3.1.x86_64", "pkg:rpm/suse/libtiny1@1.2-150500.3.1?upstream=tiny.src.rpm"),
      component("tiny-devel", "pkg:rpm/suse/tiny-devel@?upstream=tiny.src.rpm"),
    ],
    relationships: [relation("SUSE Linux Enterprise Server 15 SP5", "libtiny1-1.2-150500.3.1.x86_64")],
  },
  vulnerabilities: [
    {
      cve: "CVE-2031-2001",
      product_status: {
        recommended: ["SUSE Linux Enterprise Server 15 SP5:libtiny1-1.2-150500.3.1.x86_64"],
        known_affected: ["openSUSE Leap 15.6:tiny-devel"],
        known_not_affected: ["SUSE Linux Enterprise Module for Basesystem 15 SP5:tiny-devel"],
      },
    },
  ],
};

const updateinfo = `<?xml version="1.0" encoding="UTF-8"?>
<updates>
<update author="security@vendor.example" from="security@vendor.example" status="final" type="security" version="1.4">
<id>ALAS2023-2031-001</id><title>Amazon Linux 2023 - ALAS2023-2031-001: Important priority package update for tinyweb</title>
<issued date="2031-01-02 20:41:00" /><updated date="2031-01-03 23:22:00" /><severity>Important</severity>
<description><![CDATA[A request with </update a long name & more]]></description>
<references>
<reference href="https://vendor.example/CVE-2031-1001" title="" id="CVE-2031-1001" type="cve" />
<reference href="https://vendor.example/ALAS2023-2031-001" id="ALAS2023-2031-001" type="self" />
</references>
<pkglist><collection short="amazon-linux-2023"><name>Amazon Linux 2023</name>
<package name="tinyweb" version="1.2" release="3.amzn2023.0.1" epoch="1" arch="x86_64"><filename>a.rpm</filename></package>
<package name="tinyweb" version="1.2" release="3.amzn2023.0.1" epoch="1" arch="aarch64"><filename>b.rpm</filename></package>
<package name="tinyweb-debuginfo" version="1.2" release="3.amzn2023.0.1" epoch="1" arch="x86_64"><filename>c.rpm</filename></package>
</collection></pkglist></update>
<update status="final" type="bugfix" version="1.4"><id>ALAS2023-2031-002</id><title>none</title></update>
<update status="stable" type="security" version="2.0"><id>FEDORA-2031-abcdef0123</id><title>tinyweb-1.3-1.fc44</title>
<issued date="2031-02-01 00:00:00"/><severity>None</severity><description>Fixes CVE-2031-1006 &amp; more</description>
<references><reference href="https://bugs.example/1" id="1" type="bugzilla" title="CVE-2031-1006 tinyweb: crash"/></references>
<pkglist><collection short="F44"><name>Fedora 44</name>
<package name="tinyweb" epoch="0" version="1.3" release="1.fc44" arch="x86_64"><filename>d.rpm</filename></package>
</collection></pkglist></update>
</updates>`;

const almaErrata = [
  {
    updateinfo_id: "ALSA-2031:1001",
    type: "security",
    severity: "Important",
    title: "Important: tinyweb security update",
    issued_date: { $date: 1_925_000_000_000 },
    updated_date: { $date: 1_925_100_000_000 },
    references: [
      { type: "rhsa", id: "RHSA-2031:1001", href: "https://vendor.example/RHSA-2031:1001" },
      { type: "cve", id: "CVE-2031-1001", href: "https://vendor.example/CVE-2031-1001" },
    ],
    pkglist: { packages: [{ name: "tinyweb", epoch: "0", version: "1.2", release: "3.module_el8.6.0+1+ab" }] },
  },
  { updateinfo_id: "ALBA-2031:2", type: "bugfix", title: "x", references: [], pkglist: { packages: [] } },
];

const nvd = {
  resultsPerPage: 2,
  startIndex: 0,
  totalResults: 2,
  format: "NVD_CVE",
  version: "2.0",
  timestamp: "2031-01-03T21:56:15.797",
  vulnerabilities: [
    {
      cve: {
        id: "CVE-2031-1001",
        published: "2031-01-01T13:15:08.503",
        vulnStatus: "Analyzed",
        descriptions: [{ lang: "en", value: "x" }],
        metrics: {
          cvssMetricV31: [
            {
              source: "other",
              type: "Secondary",
              cvssData: { vectorString: "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L", baseScore: 4 },
            },
            {
              source: "nvd@nist.gov",
              type: "Primary",
              cvssData: { vectorString: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", baseScore: 7.5 },
            },
          ],
        },
        weaknesses: [{ source: "x", type: "Primary", description: [{ lang: "en", value: "CWE-120" }] }],
      },
    },
    { cve: { id: "CVE-2031-1099", published: "2031-01-01T13:15:08.503", vulnStatus: "Rejected", metrics: {} } },
  ],
};

const kevCatalogue = {
  title: "Catalogue",
  catalogVersion: "2031.02.19",
  dateReleased: "2031-02-19T14:08:44.5021Z",
  count: 1,
  vulnerabilities: [
    {
      cveID: "CVE-2031-1001",
      vendorProject: "Tiny",
      product: "Web",
      vulnerabilityName: "Tiny Web crash",
      dateAdded: "2031-02-18",
      shortDescription: "x",
      requiredAction: "x",
      dueDate: "2031-03-11",
      knownRansomwareCampaignUse: "Known",
      notes: "",
      cwes: ["CWE-120"],
    },
  ],
};

const exploitDb = [
  "id,file,description,date_published,author,type,platform,port,date_added,date_updated,verified,codes,tags,aliases,screenshot_url,application_url,source_url",
  '1,exploits/linux/1.py,"Tiny Web 1.2 - ""Crash"", and',
  'more",2031-02-01,a,dos,linux,80,2031-02-01,,1,CVE-2031-1001;OSVDB-1,,,,,',
  "2,exploits/linux/2.py,Tiny Web again,2031-02-02,a,dos,linux,,2031-02-02,,0,CVE-2031-1001;CVE-2031-1001,,,,,",
  "3,exploits/linux/3.py,Nothing,2031-02-02,a,dos,linux,,2031-02-02,,0,,,,,,",
].join("\r\n");

const osv = {
  schema_version: "1.7.0",
  id: "GHSA-aaaa-bbbb-cccc",
  modified: "2031-01-07T00:00:00Z",
  aliases: ["CVE-2031-1001"],
  affected: [
    {
      package: { ecosystem: "npm", name: "tiny" },
      ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "1.2.0" }] }],
    },
  ],
};

const text = (value: unknown): string => JSON.stringify(value, null, 2);

export const samples: readonly (readonly [FeedFormat, string])[] = [
  ["debian-tracker", text(debianTracker)],
  ["alpine-secdb", text(alpineSecdb)],
  ["alpine-secdb", JSON.stringify(wolfiSecdb)],
  ["csaf", text(redHatVex)],
  ["csaf", JSON.stringify(suseVex)],
  ["updateinfo", updateinfo],
  ["alma-errata", JSON.stringify(almaErrata)],
  ["nvd", JSON.stringify(nvd)],
  ["kev-catalogue", text(kevCatalogue)],
  ["exploit-db", exploitDb],
  ["osv-document", text(osv)],
];
