/** Matching and bundling without a database: for the command line and for tests. */
export type { MatchExplanation } from "../contract.ts";
export { explainMatch } from "../core/explain-match.ts";
export { judgeOffline, type OfflineJudgement } from "./offline/judge-offline.ts";
export { loadAdvisoryIndex, type AdvisoryIndex } from "./offline/load-advisory-index.ts";
export { bundleFolder, type BundledFolder } from "./bundle/bundle-folder.ts";
