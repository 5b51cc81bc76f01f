import { sessionIdleMs } from "../contract.ts";

export type StoredSession = Readonly<{ kind: "browser" | "token"; lastSeenAt: Date; expiresAt: Date }>;
export type SessionDecision = "open" | "expired" | "idle";

/** Whether a session still opens. API tokens have no idle time-out: their life is as short as it. */
export function decideSession(session: StoredSession, now: Date): SessionDecision {
  if (session.expiresAt.getTime() <= now.getTime()) return "expired";
  const isIdle = session.kind === "browser" && now.getTime() - session.lastSeenAt.getTime() > sessionIdleMs;
  return isIdle ? "idle" : "open";
}
