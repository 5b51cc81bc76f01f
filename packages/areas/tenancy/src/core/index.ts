export { freeSlug, slugFor } from "./slug.ts";
