import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { makeCertificates, type Certificates } from "./certificates.ts";
import { startDaemon } from "./daemon.ts";
import { requireProgram } from "./debian-package.ts";
import { freePort } from "./free-port.ts";
import { canConnect } from "./can-connect.ts";
import { makeScratch } from "./scratch.ts";
import { until } from "./until.ts";

/** One message as rsyslog understood it. */
export type ReceivedMessage = Readonly<{
  input: "udp" | "tcp" | "tls" | "mutual-tls";
  facility: string;
  severity: string;
  timestamp: string;
  host: string;
  app: string;
  procid: string;
  msgid: string;
  /** As it came over the wire. */
  structuredData: string;
  msg: string;
}>;

export type Rsyslog = Readonly<{
  ports: Readonly<{ udp: number; tcp: number; tls: number; mutualTls: number }>;
  certificates: Certificates;
  received(): Promise<readonly ReceivedMessage[]>;
  /** Resolves once `count` messages have arrived. */
  untilReceived(count: number, deadlineMs?: number): Promise<readonly ReceivedMessage[]>;
  /** SIGKILL: what it had in memory is gone, as with a crashed receiver. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and files. */
  start(): Promise<void>;
  stop(): Promise<void>;
}>;

/** Starts a real rsyslog that writes whatever it receives into a file. */
export async function startRsyslog(): Promise<Rsyslog> {
  const command = await requireProgram("rsyslogd", "rsyslog", "rsyslog-openssl");
  const scratch = await makeScratch("rsyslog");
  const certificates = await makeCertificates(scratch.path);
  const ports = { udp: await freePort(), tcp: await freePort(), tls: await freePort(), mutualTls: await freePort() };
  const config = path.join(scratch.path, "rsyslog.conf");
  const output = path.join(scratch.path, "received.json");
  await mkdir(path.join(scratch.path, "work"));
  await writeFile(config, configText(scratch.path, ports, certificates));

  async function launch() {
    const started = startDaemon({ command, args: ["-n", "-iNONE", "-f", config] });
    await until("rsyslog", async () => {
      if (!started.isRunning()) throw new Error(started.lastWords());
      return (await canConnect(ports.tcp)) && (await canConnect(ports.mutualTls));
    });
    return started;
  }

  let daemon = await launch();
  const received = async () => readLines(output);
  return {
    ports,
    certificates,
    received,
    untilReceived: (count, deadlineMs) =>
      until(
        `${count} messages`,
        async () => {
          const messages = await received();
          if (messages.length < count) throw new Error(`${messages.length} so far`);
          return messages;
        },
        deadlineMs,
      ),
    kill: () => daemon.kill(),
    async start() {
      daemon = await launch();
    },
    async stop() {
      await daemon.stop();
      await scratch.remove();
    },
  };
}

async function readLines(file: string): Promise<readonly ReceivedMessage[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function configText(folder: string, ports: Rsyslog["ports"], { ca, certificate, key }: Certificates): string {
  const tls = 'streamDriver.name="ossl" streamDriver.mode="1"';
  return `global(workDirectory="${folder}/work" maxMessageSize="64k" net.enableDNS="off"
  defaultNetstreamDriverCAFile="${ca}" defaultNetstreamDriverCertFile="${certificate}" defaultNetstreamDriverKeyFile="${key}")
module(load="imudp")
module(load="imtcp")
template(name="received" type="list" option.jsonf="on") {
  property(outname="input" name="inputname" format="jsonf")
  property(outname="facility" name="syslogfacility-text" format="jsonf")
  property(outname="severity" name="syslogseverity-text" format="jsonf")
  property(outname="timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="host" name="hostname" format="jsonf")
  property(outname="app" name="app-name" format="jsonf")
  property(outname="procid" name="procid" format="jsonf")
  property(outname="msgid" name="msgid" format="jsonf")
  property(outname="structuredData" name="structured-data" format="jsonf")
  property(outname="msg" name="msg" format="jsonf")
}
ruleset(name="keep") { action(type="omfile" file="${folder}/received.json" template="received" asyncWriting="off" flushOnTXEnd="on") }
input(type="imudp" address="127.0.0.1" port="${ports.udp}" ruleset="keep" name="udp")
input(type="imtcp" address="127.0.0.1" port="${ports.tcp}" ruleset="keep" name="tcp")
input(type="imtcp" address="127.0.0.1" port="${ports.tls}" ruleset="keep" name="tls" ${tls} streamDriver.authMode="anon")
input(type="imtcp" address="127.0.0.1" port="${ports.mutualTls}" ruleset="keep" name="mutual-tls" ${tls} streamDriver.authMode="x509/certvalid")
`;
}
