import type { KeyboardEvent } from "react";

const steps: Readonly<Record<string, "next" | "previous" | "first" | "last">> = {
  ArrowDown: "next",
  j: "next",
  ArrowUp: "previous",
  k: "previous",
  Home: "first",
  End: "last",
};

/**
 * Arrow keys move the focus through rows, Enter follows the row's link, Space opens its preview (Enter too without link). With a preview open,
 * moving shows the next row in it. Keys typed into a control inside a row stay with that control.
 */
export function walkRows(event: KeyboardEvent<HTMLTableSectionElement>, onPreview?: (id: string) => void): void {
  const body = event.currentTarget;
  const row = event.target instanceof Element ? event.target.closest<HTMLTableRowElement>("tr[data-row]") : null;
  if (row === null || event.altKey || event.ctrlKey || event.metaKey) return;
  const step = steps[event.key];
  if (step !== undefined) {
    const next = neighbour(body, row, step);
    if (next === null) return;
    event.preventDefault();
    focusRow(body, next);
    if (body.querySelector("tr[data-open]") !== null) onPreview?.(next.dataset["row"] ?? "");
  } else if (event.target === row && event.key === "Enter") {
    const link = row.querySelector<HTMLAnchorElement>("a[data-row-link]");
    if (link === null) onPreview?.(row.dataset["row"] ?? "");
    else link.click();
  } else if (event.target === row && event.key === " " && onPreview !== undefined) {
    event.preventDefault();
    onPreview(row.dataset["row"] ?? "");
  }
}

function neighbour(body: HTMLElement, row: HTMLTableRowElement, step: "next" | "previous" | "first" | "last") {
  const rows = body.querySelectorAll<HTMLTableRowElement>("tr[data-row]");
  if (step === "first") return rows[0] ?? null;
  if (step === "last") return rows[rows.length - 1] ?? null;
  const sibling = step === "next" ? row.nextElementSibling : row.previousElementSibling;
  return sibling instanceof HTMLTableRowElement ? sibling : null;
}

/** One row at a time is in the tab order, so that Tab leaves the table instead of visiting every row. */
function focusRow(body: HTMLElement, row: HTMLTableRowElement) {
  for (const other of body.querySelectorAll<HTMLTableRowElement>('tr[tabindex="0"]')) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
}
