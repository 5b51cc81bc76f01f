import { TRPCError } from "@trpc/server";
import { csvLine } from "@rampart/kernel";
import { statusOf } from "@rampart/rpc";
import type { NextRequest } from "next/server";
import { openProject } from "#shell/open-project.ts";
import { csvLists } from "../../_lists/csv-lists.ts";

/** Rows that one file carries at most; more than this is asked from the API, page by page. */
const rowsMax = 50_000;
const rowsPerRead = 250;

type Context = Readonly<{ params: Promise<{ project: string; list: string }> }>;

/** The file of a table page: the same filter, order and columns, and all rows instead of one page. */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { project, list } = await params;
  const source = csvLists[list];
  if (source === undefined) return new Response("There is no such list.", { status: 404 });
  const open = await openProject(project);
  const address = Object.fromEntries(request.nextUrl.searchParams);
  const wanted = address["columns"]?.split(",");
  const columns = source.columns.filter(({ id, hidden }) =>
    wanted === undefined ? hidden !== true : wanted.includes(id),
  );
  const read = (offset: number) =>
    source.read(open, { ...address, offset: String(offset), limit: String(rowsPerRead) });

  try {
    // The first page is read before anything is sent, so that a refusal is an answer and not a broken file.
    const first = await read(0);
    const stream = new ReadableStream<Uint8Array>({
      async start(controller) {
        const encoder = new TextEncoder();
        const send = (line: string) => controller.enqueue(encoder.encode(line));
        send(csvLine(columns.map(({ header }) => header)));
        let page = first;
        let sent = 0;
        while (page.rows.length > 0 && sent < rowsMax) {
          for (const row of page.rows) send(csvLine(columns.map(({ text }) => text(row))));
          sent += page.rows.length;
          if (sent >= page.total) break;
          page = await read(sent);
        }
        controller.close();
      },
    });
    return new Response(stream, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${project}-${list}.csv"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
    return new Response("The list could not be read.", { status: statusOf(cause) });
  }
}
