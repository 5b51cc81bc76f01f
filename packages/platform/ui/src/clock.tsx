"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

const tickMs = 15_000;

const Now = createContext<Date | null>(null);

/**
 * One clock for all relative times of a page. It starts with the server's time, so that what the browser renders first
 * is what the server sent, and never stays behind it: what a page that was read again tells of has happened by then.
 */
export function ClockProvider({ startAt, children }: Readonly<{ startAt: number; children: ReactNode }>) {
  const [now, setNow] = useState(() => new Date(startAt));
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), tickMs);
    return () => clearInterval(timer);
  }, []);
  const latest = useMemo(() => (startAt > now.getTime() ? new Date(startAt) : now), [startAt, now]);
  return <Now value={latest}>{children}</Now>;
}

export function useNow(): Date {
  const now = useContext(Now);
  if (now === null) throw new Error("useNow needs a ClockProvider above it");
  return now;
}
