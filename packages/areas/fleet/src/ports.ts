import type { AreaCtx, Page } from "@rampart/kernel";
import type { DefenderPolicy, DefenderReport, Heartbeat, Hello, ReportHeader } from "@rampart/protocol/contract";
import type { Term } from "./core/certificate-term.ts";
import type {
  CategoryCount,
  CertificateRow,
  DefenderDetail,
  DefenderRow,
  DefenderSummary,
  EnrolmentTokenRow,
  FrameRef,
  ListDefenders,
  ListEnrolmentTokens,
} from "./contract.ts";

export type Authority = Readonly<{ id: string; certificate: string; sealedKey: string; expiresAt: Date }>;

export type StoredToken = Readonly<{
  id: string;
  expiresAt: Date;
  usedAt: Date | null;
  revokedAt: Date | null;
}>;

/** Entry of the certificate register; the certificate itself is not kept. */
export type RegisteredCertificate = Readonly<{
  serial: string;
  defenderId: string;
  authorityId: string;
  fingerprint: string;
  issuedAt: Date;
  expiresAt: Date;
}>;

export type DefenderIdentity = Readonly<{ id: string; hostname: string; retiredAt: Date | null }>;

export type EnrolledDefender = Readonly<{
  id: string;
  hostname: string;
  machineId: string | null;
  version: string;
  at: Date;
}>;

/** One socket of a Defender's control lane, at one gateway. */
export type Lease = Readonly<{
  defenderId: string;
  connectionId: string;
  gatewayId: string;
  remoteAddress: string | null;
  at: Date;
  until: Date;
}>;

/** What a heartbeat extends; `beat` is kept as it came. */
export type LeaseExtension = Readonly<{
  defenderId: string;
  connectionId: string;
  at: Date;
  until: Date;
  beat: Heartbeat;
}>;

/** A report as the gateway received it: the header was read, the body was not. */
export type ReceivedFrame = Readonly<{ defenderId: string; header: ReportHeader; body: Uint8Array }>;

export type StoredFrame = Readonly<{ type: string; body: Uint8Array; hostname: string; receivedAt: Date }>;

/** What the gateways are told; see `fleetChannel`. */
export type FleetNotice =
  | Readonly<{ kind: "nudge"; projectId: string; defenderId: string; work: string }>
  | Readonly<{ kind: "dismissed"; projectId: string; defenderId: string }>
  | Readonly<{ kind: "policy"; projectId: string }>;

export type FleetStores = Readonly<{
  tokens: Readonly<{
    insert(
      token: Readonly<{ id: string; hash: string; createdBy: string; createdAt: Date; expiresAt: Date }>,
    ): Promise<void>;
    /** Locks the row until the transaction ends. */
    findForUpdate(hash: string): Promise<StoredToken | null>;
    find(id: string): Promise<StoredToken | null>;
    markUsed(id: string, at: Date, by: string): Promise<void>;
    markRevoked(id: string, at: Date): Promise<void>;
    list(page: ListEnrolmentTokens, now: Date): Promise<Page<EnrolmentTokenRow>>;
    deleteOlder(before: Date): Promise<number>;
  }>;
  authorities: Readonly<{
    /** The newest one. */
    current(): Promise<Authority | null>;
    /** Inserts unless another transaction has just made one; answers with the one that counts. */
    insert(authority: Authority, at: Date): Promise<Authority>;
  }>;
  certificates: Readonly<{
    insert(certificate: RegisteredCertificate): Promise<void>;
    countActive(defenderId: string, now: Date): Promise<number>;
    list(defenderId: string): Promise<readonly CertificateRow[]>;
    revokeAll(defenderId: string, at: Date): Promise<number>;
    deleteExpired(before: Date): Promise<number>;
  }>;
  defenders: Readonly<{
    /** Locks the row until the transaction ends. */
    findForUpdate(id: string): Promise<DefenderIdentity | null>;
    findAway(machineId: string, now: Date): Promise<string | null>;
    enrol(defender: EnrolledDefender): Promise<void>;
    retire(id: string, at: Date): Promise<void>;
    saveHello(id: string, hello: Hello): Promise<void>;
    savePolicyOutcome(id: string, hash: string, problem: string | null): Promise<void>;
    /** Those of `ids` that were announced as away, now announced as connected. */
    announceConnected(ids: readonly string[], at: Date): Promise<readonly DefenderIdentity[]>;
    /** Those whose lease ended before `leaseBefore`, now announced as disconnected. */
    announceDisconnected(leaseBefore: Date, at: Date): Promise<readonly DefenderIdentity[]>;
    list(asked: ListDefenders, now: Date): Promise<Page<DefenderRow>>;
    find(id: string, now: Date): Promise<DefenderDetail | null>;
    findByHostname(hostname: string): Promise<readonly string[]>;
    listNames(now: Date): Promise<readonly string[]>;
    count(now: Date): Promise<DefenderSummary>;
    countByCategory(now: Date): Promise<readonly CategoryCount[]>;
  }>;
  leases: Readonly<{
    take(lease: Lease): Promise<void>;
    extend(extensions: readonly LeaseExtension[]): Promise<void>;
    release(leases: readonly Readonly<{ defenderId: string; connectionId: string }>[], at: Date): Promise<void>;
  }>;
  frames: Readonly<{
    /** Stores what is new. Answers with the Defenders that exist, for the others nothing is stored. */
    keep(frames: readonly ReceivedFrame[], at: Date): Promise<ReadonlySet<string>>;
    /** Highest sequence of the epoch that was ever stored. */
    durable(defenderId: string, epoch: string): Promise<number>;
    find(ref: FrameRef): Promise<StoredFrame | null>;
    remove(ref: FrameRef): Promise<boolean>;
    removeParked(before: Date): Promise<readonly (FrameRef & Readonly<{ type: string; hostname: string }>)[]>;
  }>;
  policies: Readonly<{
    find(): Promise<DefenderPolicy | null>;
    save(policy: DefenderPolicy, at: Date): Promise<void>;
  }>;
  installation: Readonly<{
    /** Null until a gateway has started for the first time. */
    find(): Promise<Readonly<{ pin: string; gatewayNames: readonly string[] }> | null>;
  }>;
  notices: Readonly<{ send(notice: FleetNotice): Promise<void> }>;
}>;

/** Secrets that only the rim can make. */
export type Mint = Readonly<{
  newToken(): string;
  hashToken(token: string): string;
  /** Positive, 127 random bits, in hexadecimal. */
  newSerial(): string;
}>;

/** Decodes what the gateway stored as it came. */
export type ReportReader = (
  body: Uint8Array,
) => Promise<Readonly<{ ok: true; frame: DefenderReport }> | Readonly<{ ok: false; reason: string }>>;

export type FleetCtx = AreaCtx<FleetStores> &
  Readonly<{
    /** `https://name:port` of the gateway as hosts reach it. */
    gatewayUrl: string;
    mint: Mint;
    readReport: ReportReader;
    policySnapshot(policy: DefenderPolicy): Readonly<{ hash: string; body: string }>;
  }>;

export type CertificateOrder = Readonly<{
  authority: Authority;
  csr: string;
  defenderId: string;
  serial: string;
  term: Term;
}>;

export type IssuedCertificate = Readonly<{ outcome: "issued"; certificate: string; fingerprint: string }>;

/** Signs with the keys of the installation and its projects; only the gateway has one. */
export type CertificateIssuer = Readonly<{
  newAuthority(authority: Readonly<{ id: string; projectId: string; term: Term }>): Promise<Authority>;
  issue(
    order: CertificateOrder,
  ): Promise<IssuedCertificate | Readonly<{ outcome: "csr-unreadable" | "key-unsupported" }>>;
  /** Trust anchor of everything, in PEM. */
  installationCertificate: string;
}>;

export type IssuingFleetCtx = FleetCtx & Readonly<{ issuer: CertificateIssuer }>;
