export { auditPort } from "./rim/record.ts";
