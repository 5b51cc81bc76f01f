import { createAppCaller, type AppCaller } from "@rampart/api";
import { headers } from "next/headers";
import { cache } from "react";
import { rpcContext } from "./session.ts";

/** Calls procedures for the page being rendered, as the person who asked for it. One session look-up per request. */
export const serverApi: () => Promise<AppCaller> = cache(async () =>
  createAppCaller(await rpcContext(await headers())),
);
