"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Facts that come in a burst, as when a host is scanned for the first time, are read together. */
const settleMs = 300;
/** While facts keep coming, the page is read again at least this often. */
const patienceMs = 3000;

type LiveProps = Readonly<{
  project: string;
  /** Beginnings of the fact types that change what the page shows. */
  topics: readonly string[];
}>;

/** Reads the page again when something it shows has changed. Says nothing and shows nothing. */
export function Live({ project, topics }: LiveProps) {
  const router = useRouter();
  const watched = topics.join(" ");
  useEffect(() => {
    const beginnings = watched.split(" ");
    const source = new EventSource(`/api/live?project=${encodeURIComponent(project)}`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waitingSince = 0;
    let isFirst = true;

    function refresh() {
      timer = undefined;
      router.refresh();
    }
    // What happened while the connection was down was heard by nobody.
    source.onopen = () => {
      if (!isFirst) refresh();
      isFirst = false;
    };
    source.onmessage = (message: MessageEvent<string>) => {
      const topic = readTopic(message.data);
      if (topic === null || !beginnings.some((beginning) => topic.startsWith(beginning))) return;
      const now = performance.now();
      if (timer === undefined) waitingSince = now;
      else clearTimeout(timer);
      timer = setTimeout(refresh, Math.max(0, Math.min(settleMs, waitingSince + patienceMs - now)));
    };
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [project, watched, router]);
  return null;
}

function readTopic(text: string): string | null {
  try {
    const event: unknown = JSON.parse(text);
    return typeof event === "object" && event !== null && "topic" in event && typeof event.topic === "string"
      ? event.topic
      : null;
  } catch {
    return null;
  }
}
