export { listDifferences } from "./list-differences.ts";
export { redact } from "./redact.ts";
export { typeOfAction } from "./type-of-action.ts";
