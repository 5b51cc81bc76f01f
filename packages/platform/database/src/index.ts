export { bindArea, type AuditPortFactory } from "./bind-area.ts";
export { bindInstallation } from "./bind-installation.ts";
export { openDatabase, type Database, type Tx } from "./open-database.ts";
export { randomIds } from "./random-ids.ts";
export type { FactNotice } from "./facts.ts";
export { factChannel, parseFactNotice } from "./facts.ts";
export { Prisma } from "./generated/client.ts";
