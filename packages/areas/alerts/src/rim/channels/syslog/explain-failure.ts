import { messageOf } from "@rampart/kernel";

/** What people can do about the failures they meet most; the code stays in the sentence, for searching. */
const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens on this port of the receiver",
  ECONNRESET: "the receiver broke the connection off",
  EHOSTUNREACH: "there is no way to the receiver from here",
  ENETUNREACH: "there is no way to the receiver from here",
  ENOTFOUND: "no host has this name",
  EAI_AGAIN: "the name server does not answer",
  EPIPE: "the receiver broke the connection off",
  EMSGSIZE: "a message is too long for one datagram; lower the message size of this channel",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the receiver's certificate signs itself; give it as the authority to trust it",
  SELF_SIGNED_CERT_IN_CHAIN:
    "the receiver's certificate comes from an authority that is not trusted; give its certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    "the receiver's certificate comes from an authority that is not trusted; give its certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "the receiver's certificate comes from an authority that is not trusted; give its certificate",
  CERT_HAS_EXPIRED: "the receiver's certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "the receiver's certificate is for another name",
  ERR_SSL_WRONG_VERSION_NUMBER: "the receiver does not speak TLS on this port",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "the receiver does not speak TLS on this port",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "the receiver asks for a client certificate",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "the receiver does not accept our client certificate",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "the receiver does not trust the authority of our client certificate",
};

/** A failure in words that an administrator can act on. */
export function explainFailure(error: unknown): Error {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const sentence = sentences[code];
  if (sentence === undefined) return error instanceof Error ? error : new Error(messageOf(error));
  return new Error(`${sentence} (${code})`, { cause: error });
}
