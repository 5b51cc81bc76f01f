import { messageOf } from "@rampart/kernel";
import type { z } from "zod";
import { BadEntry } from "./feed-entry.ts";

/** The value as its schema says; otherwise the entry is refused with what is wrong and where. */
export function checkEntry<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: string | null,
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadEntry(place, messageOf(parsed.error).slice(0, 500));
}

/** An instant in ISO form; a date and time without zone is meant in UTC, as all feeds write it. */
export function toInstant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const iso = text.trim().replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/, "$1T$2Z");
  const milliseconds = Date.parse(iso);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}
