import { describe, expect, test } from "vitest";
import { SyslogSettings } from "../../contract.ts";
import { sampleAlert } from "../sample-alert.ts";
import { composeMessages } from "./compose-messages.ts";
import { readMessage } from "./read-message.ts";

const settings = SyslogSettings.parse({ kind: "syslog", host: "siem", port: 514, transport: "tcp" });
const sender = { hostname: "console", procId: "42", projectId: "0198c0de-0000-7000-8000-0000000000aa" };
const labels = [
  { name: "team", value: "payments" },
  { name: "owner", value: 'ann@example.com, "bob"' },
];

function read(message: string | undefined) {
  const { pairs = [], params = [], ...header } = readMessage(message ?? "") ?? {};
  return { header, pairs: new Map(pairs), params };
}

describe("an alert about an image", () => {
  const messages = composeMessages(
    sampleAlert({ labels, resourceName: "shop/web:1.2", ruleName: "prod" }),
    settings,
    sender,
  );
  const summary = read(messages[0]);
  const finding = read(messages[1]);

  test("is one summary and one message per finding", () => {
    expect(messages).toHaveLength(2);
    expect(summary.pairs.get("type")).toBe("scan_summary");
    expect(summary.pairs.get("vulnerabilities")).toBe("1");
    expect(Object.fromEntries(finding.pairs)).toMatchObject({
      type: "image_scan",
      log_type: "vulnerability",
      cve: "CVE-2014-0160",
      severity: "high",
      package: "openssl",
      package_version: "1.0.1e",
      vendor_status: "fixed in 1.0.1g",
      rule: "prod",
      image_name: "shop/web:1.2",
    });
  });

  test("carries the labels, joined in the text and one by one in structured data", () => {
    for (const { pairs, params } of [summary, finding]) {
      expect(pairs.get("custom_labels")).toBe('team:payments,owner:ann@example.com, "bob"');
      expect(params.filter(([key]) => key === "label").map(([, value]) => value)).toEqual([
        "team=payments",
        'owner=ann@example.com, "bob"',
      ]);
    }
  });

  test("says time, severity and kind of fact in the header", () => {
    expect(finding.header).toMatchObject({
      facility: "local1",
      severity: 3,
      timestamp: "2026-01-05T10:00:00.000Z",
      hostname: "console",
      appName: "rampart",
      msgId: "vulnerabilities.rule-violated",
    });
    expect(finding.pairs.get("time")).toBe("2026-01-05T10:00:00.000000000Z");
  });

  test("leaves out what is empty", () => {
    expect(finding.pairs.has("id")).toBe(false);
    const unlabelled = composeMessages(sampleAlert({ labels: [] }), settings, sender).map(read);
    expect(unlabelled.every(({ pairs }) => !pairs.has("custom_labels"))).toBe(true);
  });
});

test("a summary channel gets one message per alert", () => {
  expect(composeMessages(sampleAlert(), { ...settings, detail: "summary" }, sender)).toHaveLength(1);
});

test("an alert about a host names the host", () => {
  const alert = sampleAlert({ resourceKind: "host", resourceName: "node-1" });
  const [summary, finding] = composeMessages(alert, { ...settings, identifier: "east" }, sender).map(read);
  expect(summary?.pairs.get("hostname")).toBe("node-1");
  expect(Object.fromEntries(finding?.pairs ?? [])).toMatchObject({ type: "host_scan", host: "node-1", id: "east" });
});

test("a lost Defender is told with its host", () => {
  const [told] = composeMessages(
    {
      factType: "fleet.defender-disconnected",
      factId: "1",
      at: "2026-01-05T10:00:00.000Z",
      severity: "high",
      sentence: "The Defender on node-1 is disconnected",
      labels: [],
      defenderId: "0198c0de-0000-7000-8000-0000000000bb",
      hostname: "node-1",
    },
    settings,
    sender,
  ).map(read);
  expect(Object.fromEntries(told?.pairs ?? [])).toMatchObject({ type: "defender_disconnected", host: "node-1" });
});

test("a datagram is kept to what every receiver should take", () => {
  const many = Array.from({ length: 64 }, (_, index) => ({ name: `label-${index}`, value: "x".repeat(100) }));
  const messages = composeMessages(sampleAlert({ labels: many }), { ...settings, transport: "udp" }, sender);
  for (const message of messages) {
    expect(new TextEncoder().encode(message).length).toBeLessThanOrEqual(2_048);
    expect(read(message).pairs.get("truncated")).toBe("1");
  }
});
