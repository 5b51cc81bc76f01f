export { testCaller, testClock } from "./fakes.ts";
export { testDatabase, type TestDatabase } from "./test-database.ts";
