import { z } from "zod";

/** Labels of an image, container or host, as its engine or orchestrator gives them. */
export const labelsMax = 256;
export const Labels = z
  .record(z.string().max(512), z.string().max(4096))
  .refine((labels) => Object.keys(labels).length <= labelsMax, `at most ${labelsMax} labels`);
export type Labels = z.infer<typeof Labels>;
