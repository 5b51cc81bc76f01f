import { openApiDocument, restRoutes } from "@rampart/api/rest";
import { platform } from "#server/platform.ts";

/** The description of the public API holds no secret; generators fetch it without credentials. */
export async function GET(): Promise<Response> {
  const { config } = await platform();
  return Response.json(openApiDocument(restRoutes, config.version));
}
