import type { DeliveryRow } from "@rampart/alerts/contract";
import type { Page } from "@rampart/kernel";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { given, isUuid, type ListSearch, type PageSearch, readListSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";

const states = ["queued", "sending", "sent", "failed", "given-up"] as const;

export const deliveryFields: readonly FilterField[] = [
  { name: "state", hint: "how far it got", values: states },
  { name: "channel", hint: "id of the channel" },
];

export function readDeliverySearch(search: PageSearch): ListSearch<"at"> {
  return readListSearch<"at">(search, {
    fields: deliveryFields,
    sorts: ["at"],
    defaultSort: { key: "at", reverse: true },
  });
}

export async function readDeliveryRows(
  { api, project }: OpenProject,
  search: ListSearch<"at">,
): Promise<Page<DeliveryRow>> {
  const { fields, text } = search.filter;
  return api.alerts.listDeliveries({
    project,
    offset: search.offset,
    limit: search.limit,
    ...given({
      search: text,
      states: fields["state"] && states.filter((state) => fields["state"]?.includes(state)),
      channelId: fields["channel"]?.find(isUuid),
    }),
  });
}
