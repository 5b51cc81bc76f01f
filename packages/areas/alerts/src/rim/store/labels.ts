import type { Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { declaredLabelsMax } from "../../contract.ts";
import type { LabelStore } from "../../ports.ts";

export function labelStore(tx: Tx, { projectId }: ProjectScope): LabelStore {
  return {
    async list() {
      const rows = await tx.alertsLabel.findMany({
        where: { projectId },
        orderBy: { position: "asc" },
        take: declaredLabelsMax,
      });
      return rows.map(({ name }) => name);
    },
    async replace(names) {
      await tx.alertsLabel.deleteMany({ where: { projectId } });
      await tx.alertsLabel.createMany({ data: names.map((name, position) => ({ projectId, name, position })) });
    },
  };
}
