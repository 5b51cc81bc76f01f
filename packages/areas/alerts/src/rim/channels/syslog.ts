import { lookup } from "node:dns/promises";
import { Outage } from "@rampart/kernel";
import type { Alert, ChannelTest, SyslogSettings, TestStep } from "../../contract.ts";
import { composeMessages, type SyslogSender } from "../../core/syslog/compose-messages.ts";
import { destinationOf } from "../../core/destination-of.ts";
import { sampleAlert } from "../../core/sample-alert.ts";
import type { Channel, Parsed } from "./channel.ts";
import { checkCertificates } from "./syslog/check-certificates.ts";
import { explainFailure } from "./syslog/explain-failure.ts";
import { frameMessages } from "./syslog/frame-messages.ts";
import { sendWithinMs } from "./syslog/limits.ts";
import { openStream } from "./syslog/open-stream.ts";
import { sendDatagrams } from "./syslog/send-datagrams.ts";
import { traceInto, untraced, type Trace } from "./syslog/trace.ts";

type Target = Parsed<SyslogSettings>;

/**
 * Syslog by UDP, TCP or TLS. Delivery is at least once by TCP and TLS: what a broken connection leaves unconfirmed is
 * sent again. UDP is at most once.
 */
export const syslog: Channel<"syslog"> = {
  parseSettings(target) {
    checkCertificates(target.settings, target.secrets);
    return target;
  },
  send: (target, alerts, sender) => send(target, compose(target, alerts, sender), untraced),
  async sendTest(target, sender) {
    const message = composeTest(target, sender);
    const steps: TestStep[] = [];
    const ok = await send(target, [message], traceInto(steps)).then(
      () => true,
      () => false, // the failed step says why
    );
    return { ok, steps, message } satisfies ChannelTest;
  },
};

function compose({ settings }: Target, alerts: readonly Alert[], sender: SyslogSender): string[] {
  return alerts.flatMap((alert) => composeMessages(alert, settings, sender));
}

function composeTest({ settings }: Target, sender: SyslogSender): string {
  const alert = sampleAlert({ at: new Date().toISOString() });
  const [message = ""] = composeMessages(alert, { ...settings, detail: "summary" }, sender);
  return message;
}

async function send(target: Target, messages: readonly string[], trace: Trace): Promise<void> {
  const { settings } = target;
  try {
    await trace(
      "find the receiver",
      () => lookup(settings.host, { all: true }),
      (found) => found.map(({ address }) => address).join(", "),
    );
    if (settings.transport === "udp") {
      await trace(
        "send",
        () =>
          sendDatagrams(
            settings,
            messages.map((message) => new TextEncoder().encode(message)),
          ),
        () => "sent; UDP does not say whether it arrived",
      );
    } else await sendOverStream(target, messages, trace);
  } catch (error) {
    throw new Outage(destinationOf(settings), explainFailure(error));
  }
}

async function sendOverStream({ settings, secrets }: Target, messages: readonly string[], trace: Trace): Promise<void> {
  const open = settings.transport === "tls" ? "connect and check the certificate" : "connect";
  const stream = await trace(
    open,
    () => openStream(settings, secrets),
    ({ described }) => described,
  );
  try {
    await trace(
      "send",
      async () => {
        const endsAt = performance.now() + sendWithinMs;
        for (const bytes of frameMessages(messages, settings.framing)) {
          if (performance.now() > endsAt)
            throw new Error(`the receiver takes longer than ${sendWithinMs / 1_000} s for these messages`);
          await stream.write(bytes);
        }
      },
      () => "taken by the network",
    );
    if (settings.confirmByClose) {
      await trace(
        "confirm",
        () => stream.confirm(),
        () => "the receiver closed the connection in good order",
      );
    } else await stream.finish();
  } finally {
    stream.destroy();
  }
}
