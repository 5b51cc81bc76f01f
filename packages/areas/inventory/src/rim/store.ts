import type { Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { InventoryStores } from "../ports.ts";
import { changeStore } from "./store/changes.ts";
import { containerStore } from "./store/containers.ts";
import { hostStore } from "./store/hosts.ts";
import { imageStore } from "./store/images.ts";
import { nameStore } from "./store/names.ts";
import { packageStore } from "./store/packages.ts";
import { subjectStore } from "./store/subjects.ts";
import { useStore } from "./store/uses.ts";

export function inventoryStores(tx: Tx, scope: ProjectScope): InventoryStores {
  return {
    images: imageStore(tx, scope),
    hosts: hostStore(tx, scope),
    containers: containerStore(tx, scope),
    changes: changeStore(tx, scope),
    packages: packageStore(tx, scope),
    uses: useStore(tx, scope),
    names: nameStore(tx, scope),
    subjects: subjectStore(tx, scope),
  };
}
