import type { ResourceRef } from "../contract/resource.ts";

/** What names a resource, without whatever else is known of it. */
export function refOf({ resourceKind, resourceId }: ResourceRef): ResourceRef {
  return { resourceKind, resourceId };
}

/** One text per resource, for maps. */
export function resourceKey({ resourceKind, resourceId }: ResourceRef): string {
  return `${resourceKind} ${resourceId}`;
}
