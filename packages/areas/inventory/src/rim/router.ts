import { projectProcedure, router } from "@rampart/rpc";
import { z } from "zod";
import { bindInventory } from "../bind.ts";
import {
  ContainerChanges,
  ContainerPage,
  FoundPackagePage,
  GetContainerChanges,
  GetHost,
  GetImage,
  HostDetail,
  HostPage,
  ImageDetail,
  ImagePage,
  ListContainers,
  ListHolders,
  ListHosts,
  ListImages,
  ListNames,
  ListPackages,
  PackagePage,
  ResourceRef,
  SearchPackages,
} from "../contract.ts";
import { getContainerChanges } from "../verbs/get-container-changes.ts";
import { getHost } from "../verbs/get-host.ts";
import { getImage } from "../verbs/get-image.ts";
import { listContainers } from "../verbs/list-containers.ts";
import { listHolders } from "../verbs/list-holders.ts";
import { listHosts } from "../verbs/list-hosts.ts";
import { listImages } from "../verbs/list-images.ts";
import { listNames } from "../verbs/list-names.ts";
import { listPackages } from "../verbs/list-packages.ts";
import { searchPackages } from "../verbs/search-packages.ts";

const inventoryProcedure = projectProcedure.use(({ ctx, next }) =>
  next({ ctx: { inventory: bindInventory(ctx.platform, ctx.scope, ctx.caller) } }),
);

export const inventoryRouter = router({
  listImages: inventoryProcedure
    .input(ListImages)
    .output(ImagePage)
    .query(({ ctx, input }) => listImages(ctx.inventory, input)),
  getImage: inventoryProcedure
    .input(GetImage)
    .output(ImageDetail)
    .query(({ ctx, input }) => getImage(ctx.inventory, input)),
  listContainers: inventoryProcedure
    .input(ListContainers)
    .output(ContainerPage)
    .query(({ ctx, input }) => listContainers(ctx.inventory, input)),
  getContainerChanges: inventoryProcedure
    .input(GetContainerChanges)
    .output(ContainerChanges)
    .query(({ ctx, input }) => getContainerChanges(ctx.inventory, input)),
  listHosts: inventoryProcedure
    .input(ListHosts)
    .output(HostPage)
    .query(({ ctx, input }) => listHosts(ctx.inventory, input)),
  getHost: inventoryProcedure
    .input(GetHost)
    .output(HostDetail)
    .query(({ ctx, input }) => getHost(ctx.inventory, input)),
  listPackages: inventoryProcedure
    .input(ListPackages)
    .output(PackagePage)
    .query(({ ctx, input }) => listPackages(ctx.inventory, input)),
  searchPackages: inventoryProcedure
    .input(SearchPackages)
    .output(FoundPackagePage)
    .query(({ ctx, input }) => searchPackages(ctx.inventory, input)),
  listHolders: inventoryProcedure
    .input(ListHolders)
    .output(z.array(ResourceRef).readonly())
    .query(({ ctx, input }) => listHolders(ctx.inventory, input)),
  listNames: inventoryProcedure
    .input(ListNames)
    .output(z.array(z.string()))
    .query(async ({ ctx, input }) => [...(await listNames(ctx.inventory, input))]),
});
