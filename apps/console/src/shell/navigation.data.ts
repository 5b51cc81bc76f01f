/** Where people can go inside a project. Paths are relative to `/p/<project>`. */
export type PageLink = Readonly<{ path: string; label: string }>;
export type Section = Readonly<{
  id: "overview" | "vulnerabilities" | "inventory" | "alerts" | "manage";
  label: string;
  pages: readonly [PageLink, ...PageLink[]];
}>;

export const sections: readonly Section[] = [
  { id: "overview", label: "Overview", pages: [{ path: "", label: "Overview" }] },
  {
    id: "vulnerabilities",
    label: "Vulnerabilities",
    pages: [
      { path: "/vulnerabilities/explorer", label: "Explorer" },
      { path: "/vulnerabilities/images", label: "Images" },
      { path: "/vulnerabilities/hosts", label: "Hosts" },
      { path: "/vulnerabilities/policy", label: "Policy" },
    ],
  },
  {
    id: "inventory",
    label: "Inventory",
    pages: [
      { path: "/inventory/images", label: "Images" },
      { path: "/inventory/containers", label: "Containers" },
      { path: "/inventory/hosts", label: "Hosts" },
    ],
  },
  {
    id: "alerts",
    label: "Alerts",
    pages: [
      { path: "/alerts/profiles", label: "Profiles" },
      { path: "/alerts/channels", label: "Channels" },
      { path: "/alerts/labels", label: "Labels" },
      { path: "/alerts/deliveries", label: "Deliveries" },
    ],
  },
  {
    id: "manage",
    label: "Manage",
    pages: [
      { path: "/manage/defenders", label: "Defenders" },
      { path: "/manage/intelligence", label: "Intelligence" },
      { path: "/manage/audit-log", label: "Audit log" },
      { path: "/manage/settings", label: "Settings" },
    ],
  },
];

/** The path inside the project: "/p/shop/manage/defenders" gives "/manage/defenders". */
export function pathInProject(path: string): string {
  return path.replace(/^\/p\/[^/]+/, "");
}

export function isWithin(path: string, page: PageLink): boolean {
  return path === page.path || (page.path !== "" && path.startsWith(`${page.path}/`));
}

export function sectionOf(path: string): Section | undefined {
  return sections.find((section) => section.pages.some((page) => isWithin(path, page)));
}
