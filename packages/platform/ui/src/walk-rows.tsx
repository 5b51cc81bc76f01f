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
  const row = event.target instanceof Element ? event.target.closest<HTMLTableRowElement>("tr[data-row]") : null;
  if (row === null || event.altKey || event.ctrlKey || event.metaKey) return;
  const preview = (shown: HTMLTableRowElement): void => onPreview?.(shown.dataset["row"] ?? "");
  const step = steps[event.key];
  if (step !== undefined) {
    const next = neighbour(event.currentTarget, row, step);
    if (next === null) return;
    event.preventDefault();
    focusRow(event.currentTarget, next);
    if (event.currentTarget.querySelector("tr[data-open]") !== null) preview(next);
  } else if (event.target === row) {
    pressRow(event, row, onPreview === undefined ? null : preview);
  }
}

function pressRow(
  event: KeyboardEvent<HTMLTableSectionElement>,
  row: HTMLTableRowElement,
  preview: ((row: HTMLTableRowElement) => void) | null,
): void {
  const link = row.querySelector<HTMLAnchorElement>("a[data-row-link]");
  if (event.key === "Enter" && link !== null) return link.click();
  if (preview === null || (event.key !== " " && event.key !== "Enter")) return;
  event.preventDefault();
  preview(row);
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
