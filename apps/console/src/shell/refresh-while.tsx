"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

const everyMs = 3_000;

/** Reads the page again while it waits for something whose notice it may have missed. */
export function RefreshWhile({ waiting }: Readonly<{ waiting: boolean }>) {
  const router = useRouter();
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [waiting, router]);
  return null;
}
