export { defineJob, type Job, type Lane, lanes } from "./define-job.ts";
export { bindHandler, handle, type Handler } from "./handle.ts";
export { openQueues, type Queues } from "./open-queues.ts";
export { runLane, type JobLedger, type RunningLane } from "./run-lane.ts";
export { startRounds, type Rounds } from "./start-rounds.ts";
export { jobsFor, subscribe, type Subscription } from "./subscribe.ts";
