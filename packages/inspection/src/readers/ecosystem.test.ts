import { describe, expect, test } from "vitest";
import { ecosystemOf } from "./ecosystem.ts";
import { readOsRelease } from "./os-release.ts";

const ecosystem = (lines: string) => ecosystemOf(readOsRelease(Buffer.from(lines)));

describe("the ecosystem of a distribution", () => {
  test.for([
    ['ID=debian\nVERSION_ID="12"', "Debian:12"],
    ['PRETTY_NAME="Debian GNU/Linux trixie/sid"\nID=debian', "Debian:13"],
    ["ID=debian\nVERSION_CODENAME=bullseye", "Debian:11"],
    ["ID=debian", null],
    ['ID=ubuntu\nVERSION_ID="22.04"', "Ubuntu:22.04:LTS"],
    ['ID=ubuntu\nVERSION_ID="24.10"', "Ubuntu:24.10"],
    ['ID=ubuntu\nVERSION_ID="23.04"', "Ubuntu:23.04"],
    ["ID=alpine\nVERSION_ID=3.18.4", "Alpine:v3.18"],
    ["ID=alpine\nVERSION_ID=3.21.0_alpha20240807", "Alpine:edge"],
    ['ID="almalinux"\nVERSION_ID="9.3"', "AlmaLinux:9"],
    ['ID="rocky"\nVERSION_ID="9.3"', "Rocky Linux:9"],
    ['ID="rhel"\nVERSION_ID="9.4"', "Red Hat:enterprise_linux:9"],
    ['ID="sles"\nVERSION_ID="15.4"', "SUSE:Linux Enterprise Server 15 SP4"],
    ['ID="sles"\nVERSION_ID="12"', "SUSE:Linux Enterprise Server 12"],
    ['ID="opensuse-leap"\nVERSION_ID="15.5"', "openSUSE:Leap 15.5"],
    ['ID=mariner\nVERSION_ID="2.0"', "CBL-Mariner:2"],
    ['ID=azurelinux\nVERSION_ID="3.0"', "Azure Linux:3"],
    ["ID=wolfi\nVERSION_ID=20230201", "Wolfi"],
    ["ID=chainguard\nVERSION_ID=20230201", "Chainguard"],
    ["ID=gentoo\nVERSION_ID=2.15", null],
    ['ID="amzn"\nVERSION_ID="2023"', "Amazon Linux:2023"],
    ['ID="amzn"\nVERSION_ID="2"', "Amazon Linux:2"],
    ['ID="amzn"\nVERSION_ID="2018.03"', "Amazon Linux:1"],
    ['ID="ol"\nVERSION_ID="9.3"', "Oracle Linux:9"],
    ['ID="centos"\nVERSION_ID="7"\nPRETTY_NAME="CentOS Linux 7 (Core)"', "Red Hat:enterprise_linux:7"],
    ['ID="centos"\nVERSION_ID="9"\nPRETTY_NAME="CentOS Stream 9"', null],
    ["ID=minimos\nVERSION_ID=20241001", "MinimOS"],
    ['ID=mageia\nVERSION_ID="9"', "Mageia:9"],
    ['ID="openEuler"\nVERSION_ID="22.03"\nPRETTY_NAME="openEuler 22.03 (LTS-SP1)"', "openEuler:22.03-LTS-SP1"],
    ["ID=fedora\nVERSION_ID=40", "Fedora:40"],
    ["ID=photon\nVERSION_ID=5.0", "Photon OS:5.0"],
    ["ID=__proto__", null],
    ["ID=constructor", null],
    ["", null],
  ] as const)("%j is %s", ([lines, expected]) => {
    expect(ecosystem(lines)).toBe(expected);
  });
});

describe("readOsRelease", () => {
  test("takes quotes and escapes off, and control characters out", () => {
    const lines = `# comment\nNAME='My "OS"'\nPRETTY_NAME="a \\"b\\" \\$c\u0007"\nID=UPPER\r\nVERSION_CODENAME=''\n`;
    expect(readOsRelease(Buffer.from(lines))).toEqual({
      is: "os-release",
      id: "upper",
      versionId: "",
      name: 'a "b" $c',
    });
  });

  test("takes no more of a field than an inventory may carry", () => {
    const { id, name } = readOsRelease(Buffer.from(`ID=${"x".repeat(5000)}\nNAME=${"y".repeat(5000)}`));
    expect([id.length, name.length]).toEqual([64, 256]);
  });
});
