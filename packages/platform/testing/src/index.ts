export { testCaller, testClock } from "./fakes.ts";
export { sharedPostgres, sharedRedis, type SharedPostgres, type SharedRedis } from "./shared-servers.ts";
export { testDatabase, type TestDatabase } from "./test-database.ts";
