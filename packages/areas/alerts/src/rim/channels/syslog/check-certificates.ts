import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { messageOf, Refusal } from "@rampart/kernel";
import type { ChannelSecrets, SyslogSettings } from "../../../contract.ts";

const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Finds out while somebody is looking whether the certificates can work at all. */
export function checkCertificates(settings: SyslogSettings, { clientKey = "" }: ChannelSecrets): void {
  if (settings.transport !== "tls") return;
  readAll("authority", settings.ca);
  readAll("client certificate", settings.clientCertificate);
  if ((settings.clientCertificate === "") !== (clientKey === "")) {
    throw refusal("A client certificate and its key are only of use together; give both or neither.");
  }
  try {
    createSecureContext({ ca: settings.ca, cert: settings.clientCertificate, key: clientKey });
  } catch (error) {
    throw refusal(`The client certificate and the key do not fit together: ${messageOf(error)}.`);
  }
}

function readAll(name: string, pem: string): void {
  if (pem === "") return;
  if (pem.includes("PRIVATE KEY")) {
    throw refusal(
      `The ${name} contains a private key. Keys belong into the field for the client key, where they are kept sealed.`,
    );
  }
  const found = pem.match(certificate) ?? [];
  if (found.length === 0) throw refusal(`The ${name} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).`);
  for (const one of found) {
    try {
      new X509Certificate(one);
    } catch (error) {
      throw refusal(`The ${name} holds a damaged certificate: ${messageOf(error)}.`);
    }
  }
}

function refusal(message: string): Refusal {
  return new Refusal("invalid", "alerts.channel.certificate-unusable", message);
}
