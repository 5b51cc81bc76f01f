import type { Job } from "./define-job.ts";

/** Says that a job is done for each fact of a type; the job's payload is the fact's payload. */
export type Subscription = Readonly<{ factType: string; job: Job<never> }>;

/** Checked where the payload is parsed with the job's schema; the type of the payload is of no use to the relay. */
export function subscribe<Payload>(factType: string, job: Job<Payload>): Subscription {
  return { factType, job: job as unknown as Job<never> };
}

export function jobsFor(subscriptions: readonly Subscription[], factType: string): readonly Job<never>[] {
  return subscriptions.filter((subscription) => subscription.factType === factType).map(({ job }) => job);
}
