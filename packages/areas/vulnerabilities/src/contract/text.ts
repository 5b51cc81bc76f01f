import { z } from "zod";

/** Text of an answer: longer than any name, path or sentence that a feed or a report may hold. */
export const Text = z.string().max(4_096);
