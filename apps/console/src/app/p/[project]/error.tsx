"use client";

import { Button } from "@rampart/ui/button";
import { ErrorState } from "@rampart/ui/error-state";
import { readDigest } from "#shell/failure.ts";

const words = {
  forbidden: { title: "You may not see this page", advice: "A tenant administrator can give the right." },
  invalid: { title: "This address cannot be shown", advice: "Go back, or open the page from the navigation." },
  outage: { title: "This page could not be read", advice: "Nothing is lost. Try again in a moment." },
  defect: { title: "Something is wrong on our side", advice: "It has been logged. Trying again may help." },
} as const;

type Props = Readonly<{ error: unknown; retry: () => void }>;

export default function ProjectError({ error, retry }: Props) {
  const digest =
    error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : undefined;
  const { kind, message, code } = readDigest(digest);
  const { title, advice } = words[kind];
  return (
    <ErrorState
      title={title}
      advice={message === null ? advice : `${message} ${kind === "forbidden" ? advice : ""}`}
      code={code}
      action={kind === "forbidden" ? undefined : <Button onClick={retry}>Try again</Button>}
    />
  );
}
