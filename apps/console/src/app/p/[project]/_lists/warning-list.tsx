type Warning = Readonly<{ code: string; message: string; layer?: number | undefined }>;

/** What the inspection could not see. Stands above the findings, because it says how far they can be believed. */
export function WarningList({ warnings }: Readonly<{ warnings: readonly Warning[] }>) {
  if (warnings.length === 0) return null;
  return (
    <section
      aria-label="Warnings of the inspection"
      className="grid gap-1 rounded-lg border bg-warn-soft px-4 py-2.5 text-sm text-warn"
    >
      {warnings.slice(0, warningsShownMax).map((warning) => (
        <p key={`${warning.code} ${warning.message} ${warning.layer ?? ""}`}>
          <span aria-hidden>▲ </span>
          {warning.message}
          {warning.layer !== undefined && ` (layer ${warning.layer})`}
        </p>
      ))}
      {warnings.length > warningsShownMax && <p>and {warnings.length - warningsShownMax} more.</p>}
    </section>
  );
}

const warningsShownMax = 5;
