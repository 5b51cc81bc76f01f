"use client";

import { Dialog } from "./dialog.tsx";

/** What a page tells about itself. */
export type HelpPage = Readonly<{
  title: string;
  /** What it shows. */
  shows: string;
  /** How its numbers are made. */
  numbers?: readonly (readonly [name: string, made: string])[];
  /** What to do first. */
  first: readonly string[];
  /** The call that gives the same data. */
  api?: readonly string[];
}>;

type HelpPanelProps = Readonly<{
  open: boolean;
  onOpenChange: (open: boolean) => void;
  page: HelpPage;
  apiReferenceHref: string;
}>;

export function HelpPanel({ open, onOpenChange, page, apiReferenceHref }: HelpPanelProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={page.title} shape="sheet">
      <div className="grid gap-5 text-sm leading-5.5">
        <p>{page.shows}</p>
        {page.numbers !== undefined && (
          <section className="grid gap-2">
            <h3 className="font-semibold">How the numbers are made</h3>
            <dl className="grid gap-2">
              {page.numbers.map(([name, made]) => (
                <div key={name}>
                  <dt className="font-medium">{name}</dt>
                  <dd className="text-ink-muted">{made}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        <section className="grid gap-2">
          <h3 className="font-semibold">What to do first</h3>
          <ol className="grid list-decimal gap-1 pl-5">
            {page.first.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </section>
        {page.api !== undefined && (
          <section className="grid gap-2">
            <h3 className="font-semibold">The same by API</h3>
            {page.api.map((call) => (
              <code key={call} className="block rounded-sm bg-sunken px-2 py-1 font-mono text-xs break-all">
                {call}
              </code>
            ))}
            <a href={apiReferenceHref} className="text-accent underline underline-offset-2">
              API reference
            </a>
          </section>
        )}
      </div>
    </Dialog>
  );
}
