"use client";

import { columnVisibilityFeature, createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown, Columns3, Download } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useMemo } from "react";
import { Button } from "./button.tsx";
import { changeSearch, readSort, type Sort, writeSort } from "./core/search-text.ts";
import { classNames } from "./core/class-names.ts";
import { DropdownMenu } from "./dropdown-menu.tsx";
import { useSearchState } from "./search-state.tsx";
import { walkRows } from "./walk-rows.tsx";

export type TableColumn<Row> = Readonly<{
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The word by which the server sorts this column. */
  sort?: string;
  /** Numbers are read from their end. */
  align?: "end";
  /** Not shown until chosen. */
  hidden?: true;
  className?: string;
}>;

type DataTableProps<Row> = Readonly<{
  /** Names the table for screen readers. */
  label: string;
  rows: readonly Row[];
  columns: readonly TableColumn<Row>[];
  rowKey: (row: Row) => string;
  /** Where a row leads. The first column carries the link. */
  rowHref?: (row: Row) => string;
  /** Rows can be looked at beside the table. */
  preview?: boolean;
  /** How rows are sorted when the address says nothing. */
  defaultSort?: Sort;
  csvHref?: string;
  empty?: ReactNode;
}>;

const features = tableFeatures({ columnVisibilityFeature });

/** A table whose sorting, columns and open row stand in the address and whose rows come from the server. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { rows, columns, rowKey, empty } = props;
  const { search, change, pending } = useSearchState();
  const visible = useVisibleColumns(columns, search.get("columns"));
  const definitions = useMemo(() => {
    const build = createColumnHelper<typeof features, Row>();
    return build.columns(
      columns.map((column) =>
        build.display({ id: column.id, header: column.header, cell: ({ row }) => column.cell(row.original) }),
      ),
    );
  }, [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowKey,
    state: { columnVisibility: visible },
  });
  const shownColumns = columns.filter(({ id }) => visible[id] !== false);
  const open = search.get("open");

  return (
    <div className="grid min-w-0 gap-2">
      <TableTools {...props} visible={visible} onColumns={(ids) => change({ columns: ids }, "replace")} />
      <div
        className={classNames(
          "relative max-h-[max(24rem,calc(100dvh-15rem))] overflow-auto rounded-lg border bg-surface",
          pending && "opacity-70",
        )}
        aria-busy={pending}
      >
        {rows.length === 0 ? (
          empty
        ) : (
          <table aria-label={props.label} className="w-full border-separate border-spacing-0 text-sm">
            <thead>
              <tr>
                {shownColumns.map((column) => (
                  <HeaderCell key={column.id} column={column} defaultSort={props.defaultSort} />
                ))}
              </tr>
            </thead>
            <tbody
              onKeyDown={(event) =>
                walkRows(event, props.preview === true ? (id) => change({ open: id }, "replace") : undefined)
              }
            >
              {table.getRowModel().rows.map((row, index) => (
                <tr
                  key={row.id}
                  data-row={row.id}
                  data-open={open === row.id || undefined}
                  tabIndex={index === 0 ? 0 : -1}
                  className="group/row h-(--row) hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2 data-open:bg-selected"
                >
                  {row.getVisibleCells().map((cell, position) => (
                    <BodyCell key={cell.id} column={shownColumns[position]}>
                      <CellContent href={position === 0 ? props.rowHref?.(row.original) : undefined}>
                        <table.FlexRender cell={cell} />
                      </CellContent>
                    </BodyCell>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}

function useVisibleColumns<Row>(columns: readonly TableColumn<Row>[], chosen: string | null): Record<string, boolean> {
  return useMemo(() => {
    const wanted = chosen?.split(",");
    return Object.fromEntries(
      columns.map(({ id, hidden }, index) => [
        id,
        index === 0 || (wanted === undefined ? hidden !== true : wanted.includes(id)),
      ]),
    );
  }, [columns, chosen]);
}

type TableToolsProps<Row> = DataTableProps<Row> &
  Readonly<{ visible: Record<string, boolean>; onColumns: (ids: string | null) => void }>;

function TableTools<Row>({ columns, csvHref, visible, preview, rowHref, onColumns }: TableToolsProps<Row>) {
  const { search } = useSearchState();
  function toggle(id: string, on: boolean) {
    const ids = columns.filter((column) => (column.id === id ? on : visible[column.id])).map((column) => column.id);
    const plain = columns.filter((column) => column.hidden !== true).map((column) => column.id);
    onColumns(ids.join(",") === plain.join(",") ? null : ids.join(","));
  }
  return (
    <div className="flex items-center justify-end gap-1 text-xs text-ink-subtle">
      {preview === true && (
        <p className="mr-auto hidden lg:block">
          <kbd>↑</kbd> <kbd>↓</kbd> walk through rows, <kbd>Space</kbd> previews
          {rowHref !== undefined && (
            <>
              , <kbd>Enter</kbd> opens
            </>
          )}
        </p>
      )}
      <DropdownMenu
        trigger={
          <Button kind="quiet" size="sm">
            <Columns3 aria-hidden /> Columns
          </Button>
        }
        entries={[
          { kind: "label", text: "Columns" },
          ...columns.map((column, index) => ({
            kind: "check" as const,
            label: column.header,
            checked: visible[column.id] === true,
            disabled: index === 0,
            onChange: (on: boolean) => toggle(column.id, on),
          })),
        ]}
      />
      {csvHref !== undefined && (
        <Button kind="quiet" size="sm" asChild>
          <a href={csvAddress(csvHref, search.toString())} download>
            <Download aria-hidden /> CSV
          </a>
        </Button>
      )}
    </div>
  );
}

/** The file has the filter, sorting and columns of the view, and all of its rows. */
function csvAddress(href: string, search: string): string {
  const view = changeSearch(search, { open: null, offset: null, limit: null, tab: null });
  return href + (href.includes("?") ? view.replace("?", "&") : view);
}

const headLook =
  "sticky top-0 z-10 h-8 border-b bg-surface px-3 text-left text-xs font-medium whitespace-nowrap text-ink-subtle";

function arrowOf(current: Sort | null) {
  if (current === null) return { Arrow: ChevronsUpDown, ariaSort: "none" } as const;
  if (current.reverse) return { Arrow: ArrowDown, ariaSort: "descending" } as const;
  return { Arrow: ArrowUp, ariaSort: "ascending" } as const;
}

type HeaderCellProps<Row> = Readonly<{ column: TableColumn<Row>; defaultSort: Sort | undefined }>;

function HeaderCell<Row>({ column, defaultSort }: HeaderCellProps<Row>) {
  const { search, path } = useSearchState();
  const isNumber = column.align === "end";
  const look = classNames(headLook, isNumber && "text-right");
  if (column.sort === undefined) {
    return (
      <th scope="col" className={look}>
        {column.header}
      </th>
    );
  }
  const sort = readSort(search.get("sort") ?? undefined) ?? defaultSort;
  const current = sort?.key === column.sort ? sort : null;
  // Numbers are asked for from the top, names from the beginning.
  const next = writeSort({ key: column.sort, reverse: current === null ? isNumber : !current.reverse });
  const { Arrow, ariaSort } = arrowOf(current);
  return (
    <th scope="col" className={look} aria-sort={ariaSort}>
      <Link
        href={path + changeSearch(search.toString(), { sort: next, offset: null })}
        replace
        scroll={false}
        className={classNames("inline-flex items-center gap-1 hover:text-ink", current !== null && "text-ink")}
      >
        {column.header}
        <Arrow aria-hidden className="size-3" />
      </Link>
    </th>
  );
}

function BodyCell<Row>({ column, children }: Readonly<{ column: TableColumn<Row> | undefined; children: ReactNode }>) {
  return (
    <td
      className={classNames(
        "max-w-96 truncate border-b px-3 py-0 group-last/row:border-b-0",
        column?.align === "end" && "text-right",
        column?.className,
      )}
    >
      {children}
    </td>
  );
}

function CellContent({ href, children }: Readonly<{ href: string | undefined; children: ReactNode }>) {
  if (href === undefined) return children;
  return (
    <Link href={href} data-row-link className="font-medium text-ink hover:text-accent hover:underline">
      {children}
    </Link>
  );
}
