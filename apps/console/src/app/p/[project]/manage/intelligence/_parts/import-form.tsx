"use client";

import type { ImportReport } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { formatCount } from "@rampart/ui/core/format";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { StatusWord } from "@rampart/ui/status-word";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { textIn } from "#shell/text-in.ts";
import { needsOperate } from "./needs-operate.ts";

const tones = { imported: "good", unchanged: "quiet", refused: "bad" } as const;

type ImportFormProps = Readonly<{ project: string; mayWrite: boolean }>;

export function ImportForm({ project, mayWrite }: ImportFormProps) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [report, setReport] = useState<ImportReport>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const location = textIn(new FormData(event.currentTarget), "location").trim();
    setBusy(true);
    setProblem(undefined);
    setReport(undefined);
    try {
      setReport(await apiClient.vulnerabilities.importAdvisories.mutate({ project, location }));
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="grid max-w-2xl gap-3" onSubmit={(event) => void submit(event)}>
      <Field
        id="location"
        label="Folder, bundle or address"
        hint="A folder or bundle on the machine of the Console, or an http(s) address: OSV, CSAF, the trackers of distributions, NVD, CISA KEV, EPSS, each in its own form."
        problem={problem}
      >
        {(wiring) => (
          <Input
            {...wiring}
            name="location"
            required
            maxLength={2048}
            disabled={!mayWrite}
            placeholder="/var/lib/rampart/advisories"
          />
        )}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" kind="primary" disabled={busy || !mayWrite} title={mayWrite ? undefined : needsOperate}>
          {busy ? "Importing" : "Import advisories"}
        </Button>
        {busy && (
          <p className="text-sm text-ink-muted">
            Large feeds take a minute or two. The old advisories stay in force until a file is read to its end.
          </p>
        )}
      </div>
      {report !== undefined && <Report report={report} />}
    </form>
  );
}

function Report({ report }: Readonly<{ report: ImportReport }>) {
  return (
    <ul aria-label="Result of the import" className="divide-y rounded-md border text-sm">
      {report.files.map((file) => (
        <li key={file.file} className="grid gap-0.5 px-3 py-1.5">
          <div className="flex items-center gap-4">
            <span className="min-w-0 flex-1 truncate font-medium">{file.file}</span>
            <StatusWord word={file.outcome} tone={tones[file.outcome]} />
            <span className="text-ink-muted">{formatCount(file.records)} records</span>
          </div>
          {file.problem !== undefined && <p className="text-xs text-bad">{file.problem}</p>}
        </li>
      ))}
    </ul>
  );
}
