import type { FeedLocationStatus } from "@rampart/vulnerabilities/contract";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

/** A look begins within seconds; large feeds take minutes, and the page hears of those by itself when they are in. */
const everyMs = 2_000;
const watchedMs = 120_000;

type Looked = Readonly<{ location: string; before: string | null; untilMs: number }>;

/** Reads the page again until a location that was asked for has been looked at, well or not. */
export function useLook(locations: readonly FeedLocationStatus[]) {
  const router = useRouter();
  const [looked, setLooked] = useState<Looked>();
  const attemptedAt = (location: string) => locations.find((one) => one.location === location)?.attemptedAt ?? null;
  const isDone = looked !== undefined && attemptedAt(looked.location) !== looked.before;
  useEffect(() => {
    if (looked === undefined || isDone) return;
    const timer = setInterval(() => {
      if (Date.now() > looked.untilMs) setLooked(undefined);
      else router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [looked, isDone, router]);
  return {
    looking: isDone ? undefined : looked?.location,
    watch: (location: string) =>
      setLooked({ location, before: attemptedAt(location), untilMs: Date.now() + watchedMs }),
  };
}
