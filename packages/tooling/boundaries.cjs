/**
 * Which folder may import which, for dependency-cruiser. Everything is derived from the two tables below; the handbook's
 * architecture.md shows them as a picture. A new area is one line in `ladder`.
 */

/** Which areas an area may use by front door; an area with `facts` may also read every contract. */
const ladder = {
  tenancy: { uses: [] },
  identity: { uses: ["tenancy"] },
  fleet: { uses: ["tenancy", "identity"] },
  inventory: { uses: ["tenancy", "identity", "fleet"] },
  vulnerabilities: { uses: ["tenancy", "identity", "fleet", "inventory"] },
  alerts: { uses: ["tenancy"], facts: true },
  audit: { uses: [] },
};

/** Front doors that have only these importers besides the area itself. */
const doors = {
  router: "^packages/api/",
  rest: "^packages/api/",
  jobs: "^workers/",
  offline: "^apps/cli/",
  bind: "^(packages/api|workers|apps/gateway|apps/console|deploy/onebox|prisma/seed)/",
};

/** Modules whose importers are named one by one, because each of them can cross projects. */
const guarded = {
  "kernel-grant": {
    module: "^packages/kernel/src/grant\\.ts$",
    importers:
      "^(packages/platform/(rpc|queue|database|testing)|packages/api/src/rest|apps/(gateway|cli)|apps/console/src/server|workers|deploy/onebox)/",
    why: "A scope is granted only where somebody was authenticated, or where a stored row says whose work it is.",
  },
  "database-unscoped": {
    module: "^packages/platform/database/src/unscoped\\.ts$",
    importers:
      "^(packages/platform/|packages/areas/(tenancy|identity|audit|fleet|vulnerabilities)/src/(rim/|bind)|workers/|packages/api/|deploy/onebox/)",
    why: "Only areas with rows of the installation, lanes and their machinery may query without a project.",
  },
  "database-migrate": {
    module: "^packages/platform/database/src/migrate\\.ts$",
    importers: "^(packages/platform/(database|testing)|deploy/onebox|apps/cli)/",
    why: "Migrations run at installation, never in a request.",
  },
};

const inside = (area) => `^packages/areas/${area}/src/`;
/** Tests, and what exists for tests only. */
const tests = "(\\.(test|fixture)\\.tsx?$|/(fixture|testing)/|/samples\\.ts$|^test/)";
const innerRings = "^packages/areas/([^/]+)/src/(core/|verbs/|contract|ports)";
const anyNpm = ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-bundled", "npm-no-pkg", "npm-unknown"];
/** Packages whose types are part of what areas say to each other and to Defenders. */
const sharedContracts = "^packages/(protocol/src/|inspection/src/contract\\.ts$|platform/queue/src/define-job\\.ts$)";

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

const rungs = Object.entries(ladder).map(([area, { uses, facts }]) =>
  rule(
    `ladder-${area}`,
    "An area uses the front doors of the areas below it, never its own rung or one above.",
    { path: inside(area), pathNot: [tests, `${inside(area)}bind\\.ts$`] },
    {
      path: "^packages/areas/",
      pathNot: [
        inside(area),
        ...(uses.length > 0 ? [`^packages/areas/(${uses.join("|")})/src/(index\\.ts|contract(\\.ts|/))`] : []),
        ...(facts ? ["^packages/areas/[^/]+/src/contract(\\.ts|/)"] : []),
      ],
    },
  ),
);

/** An area's composition root may bind the areas whose front doors its verbs may use, and audit. */
const roots = Object.entries(ladder).map(([area, { uses }]) =>
  rule(
    `bind-${area}`,
    "bind.ts composes the area with audit and with the areas below it.",
    { path: `${inside(area)}bind\\.ts$` },
    {
      path: "^packages/areas/",
      pathNot: [inside(area), `^packages/areas/(${[...uses, "audit"].join("|")})/src/(index|contract|bind)\\.ts$`],
    },
  ),
);

const frontDoors = Object.entries(doors).map(([door, importers]) =>
  rule(
    `front-door-${door}`,
    `./${door} of an area is wiring: only its mount imports it.`,
    { path: "^(packages|apps|workers|deploy|prisma)/", pathNot: [tests, importers, "^packages/areas/([^/]+)/src/"] },
    { path: `^packages/areas/[^/]+/src/(rim/)?${door}(\\.ts|/)` },
  ),
);

const guards = Object.entries(guarded).map(([name, { module, importers, why }]) =>
  rule(name, why, { pathNot: [tests, importers] }, { path: module }),
);

// The parser of the checker stops at `using`, which TypeScript and Node 24 know (seen in @swc/core 1.16.22).
const { Visitor } = require("@swc/core/Visitor.js");
// oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this` below
const known = { visitStatement: Visitor.prototype.visitStatement };
Visitor.prototype.visitStatement = function visitStatement(statement) {
  if (statement.type !== "UsingDeclaration") return known.visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};

module.exports = {
  forbidden: [
    ...rungs,
    ...roots,
    ...frontDoors,
    ...guards,
    rule(
      "inner-rings-do-no-io",
      "Core, verbs, contract and ports know zod and nothing else from outside.",
      { path: innerRings, pathNot: tests },
      { dependencyTypes: anyNpm, pathNot: "(^|/)zod/" },
    ),
    rule(
      "rings-point-inwards",
      "Core and verbs never import rim, bind or platform; effects come through ports.",
      { path: innerRings, pathNot: tests },
      {
        path: ["^packages/areas/$1/src/(rim/|bind\\.ts)", "^packages/(platform|protocol|inspection)/"],
        pathNot: sharedContracts,
      },
    ),
    rule(
      "core-is-innermost",
      "Core decides on values; it knows neither verbs nor ports.",
      { path: "^packages/areas/([^/]+)/src/core/", pathNot: tests },
      { path: "^packages/areas/$1/src/(verbs/|ports|index\\.ts)" },
    ),
    rule(
      "no-door-into-a-foreign-folder",
      "Another area is entered by its front doors, never by a file behind them.",
      { path: "^(packages/(?!areas/)|apps|workers|deploy|prisma|test)/" },
      {
        path: "^packages/areas/[^/]+/src/",
        pathNot:
          "^packages/areas/[^/]+/src/(index\\.ts|contract(\\.ts|/)|core/|bind\\.ts|rim/(router|jobs|rest|offline)(\\.ts|/)|(fixture|testing)/)",
      },
    ),
    rule(
      "database-only-in-the-rim",
      "Prisma and SQL live in stores; nothing else of an area sees them.",
      {
        path: "^packages/areas/[^/]+/src/",
        pathNot: [tests, "^packages/areas/[^/]+/src/(rim/store|rim/stores|bind\\.ts)"],
      },
      { path: "^packages/platform/database/src/generated/" },
    ),
    rule(
      "transport-does-not-query",
      "A router, a REST map or a job translates and calls a verb.",
      { path: "^packages/(areas/[^/]+/src/rim/(router|rest|jobs)|api/)", pathNot: tests },
      { path: "^packages/platform/database/src/generated/" },
    ),
    rule(
      "nobody-imports-audit",
      "Audit implements the kernel's port; besides bind.ts only the mounts know it.",
      { path: "^packages/areas/(?!audit/)[^/]+/src/", pathNot: [tests, "^packages/areas/[^/]+/src/bind\\.ts$"] },
      { path: "^packages/areas/audit/" },
    ),
    rule(
      "platform-knows-no-area",
      "Machinery knows no meaning.",
      { path: "^packages/(platform|protocol|inspection)/", pathNot: tests },
      {
        path: "^packages/(areas|api)/",
      },
    ),
    rule(
      "kernel-stands-alone",
      "Kernel depends on nothing of ours.",
      { path: "^packages/kernel/" },
      {
        path: "^(packages/(?!kernel/)|apps/|workers/|deploy/)",
      },
    ),
    rule(
      "protocol-is-types",
      "Frames and the inventory contract are schemas: no platform behind them.",
      { path: "^packages/(protocol|inspection)/", pathNot: tests },
      { path: "^packages/(platform|areas|api)/" },
    ),
    rule(
      "screens-read-through-the-api",
      "A screen knows contracts and procedures; only the web server signs people in and opens the platform.",
      { path: "^apps/console/src/(?!server/)", pathNot: tests },
      {
        path: "^packages/(areas/[^/]+/src/|platform/(database|queue|secrets)/)",
        pathNot: "^packages/areas/[^/]+/src/(contract(\\.ts|/)|core/)",
      },
    ),
    rule(
      "gateway-decides-nothing",
      "The gateway knows fleet and the protocol, and no rule of any other area.",
      { path: "^apps/gateway/", pathNot: tests },
      { path: "^packages/(areas/(?!fleet/|tenancy/src/contract)|api/|inspection/src/(?!contract))" },
    ),
    rule(
      "defender-stays-small",
      "A Defender carries inspection, protocol and pure decisions; no database, queue, api or area wiring.",
      { path: "^apps/defender/", pathNot: tests },
      { path: "^packages/(api/|platform/(?!config/|telemetry/|secrets/)|areas/[^/]+/src/(?!core/|contract))" },
    ),
    rule(
      "cli-speaks-the-api",
      "The CLI evaluates with an area's core and speaks to a Console.",
      { path: "^apps/cli/", pathNot: tests },
      { path: "^packages/(platform/(database|queue|ui)/|areas/[^/]+/src/(?!core/|contract|rim/offline))" },
    ),
    rule(
      "nobody-imports-a-process",
      "Processes are started, not imported.",
      { pathNot: "^(apps|workers|deploy|test)/" },
      {
        path: "^(apps|workers|deploy)/",
      },
    ),
    rule(
      "processes-do-not-share-files",
      "What two processes share is a package.",
      { path: "^apps/([^/]+)/", pathNot: tests },
      {
        path: "^(apps|workers|deploy)/",
        pathNot: "^apps/$1/",
      },
    ),
    rule(
      "test-kit-only-in-tests",
      "Fakes and factories never ship.",
      { pathNot: tests },
      { path: "(\\.fixture\\.ts$|/(fixture|testing)/|/samples\\.ts$)" },
    ),
    rule(
      "resolved",
      "Every import leads somewhere.",
      {},
      { couldNotResolve: true, pathNot: "^(server-only|client-only)$" },
    ),
    rule("no-cycles", "What needs each other is one module.", {}, { circular: true }),
  ],
  options: {
    parser: "swc", // TypeScript 7 has no API for the default parser, which then sees no .ts file at all.
    tsPreCompilationDeps: true,
    doNotFollow: { path: ["node_modules", "/src/generated/"] },
    exclude: { path: "(^|/)(dist|\\.next)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
    },
  },
};
