// The house's one rule: imports point inward. transport → graphql → use case → domain and ports; adapters → ports →
// domain; the domain imports only core/; only the composition root and tests choose adapters; a slice is entered
// through its index; web and server share only the printed schema.

const SLICES = "account|quiz|session|history|journal|webhooks|personalData|export";
/** The composition root, and tests, may reach everywhere. */
const ROOT =
  "^server/((main|worker|startWorker|server|services|app|addresses)\\.ts$|(live|audit|accountCommand|rollups|deadLetters)/)";
const TEST = "\\.test\\.ts$|/contract/|^tests/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or lack a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: {
        orphan: true,
        pathNot: [
          "\\.d\\.ts$",
          TEST,
          "^web/src/(main\\.ts|graphql/generated/)",
          "^server/database/embeddedWorker\\.ts$",
        ],
      },
      to: {},
    },
    {
      name: "core-is-innermost",
      severity: "error",
      from: { path: "^server/core/", pathNot: TEST },
      to: { path: "^server/", pathNot: "^server/core/" },
    },
    {
      name: "domain-imports-only-core",
      severity: "error",
      from: { path: "^server/session/domain/", pathNot: TEST },
      to: { path: "^server/", pathNot: "^server/(core|session/domain)/" },
    },
    {
      name: "ports-and-stores-know-no-adapter",
      comment: "A port and its contract know the domain; the adapters know the port.",
      severity: "error",
      from: { path: "^server/session/store/[^/]+\\.ts$", pathNot: TEST },
      to: { path: "^server/", pathNot: "^server/(core|session/domain|session/store/[^/]+\\.ts$)" },
    },
    {
      name: "only-the-root-chooses-adapters",
      severity: "error",
      from: {
        path: "^server/",
        pathNot: [ROOT, TEST, "^server/session/store/(memory|redis)/", "^server/database/"],
      },
      to: { path: "^server/(session/store/(memory|redis)/|database/)" },
    },
    {
      name: "use-cases-know-no-graphql",
      severity: "error",
      from: { path: `^server/(${SLICES})/`, pathNot: [`^server/(${SLICES})/graphql/`, TEST] },
      to: { path: `^server/(graphql/|(${SLICES})/graphql/|transport/)` },
    },
    {
      name: "graphql-knows-no-transport",
      severity: "error",
      from: { path: `^server/(graphql|(${SLICES})/graphql)/`, pathNot: TEST },
      to: { path: "^server/transport/" },
    },
    {
      name: "transport-knows-no-slices",
      severity: "error",
      from: { path: "^server/transport/", pathNot: TEST },
      to: { path: `^server/(${SLICES}|database)/` },
    },
    {
      name: "slices-are-entered-through-their-index",
      comment:
        "The journal restores the store and stores its records: it knows the session's domain and port.",
      severity: "error",
      from: { path: `^server/(${SLICES})/`, pathNot: TEST },
      to: {
        path: `^server/(${SLICES})/`,
        pathNot: [
          `^server/(${SLICES})/(index\\.ts$|graphql/)`,
          "^server/$1/",
          "^server/session/(domain/|store/[^/]+\\.ts$)",
        ],
      },
    },
    {
      name: "graphql-enters-slices-through-their-index",
      severity: "error",
      from: { path: "^server/graphql/", pathNot: TEST },
      to: { path: `^server/(${SLICES})/`, pathNot: `^server/(${SLICES})/(index\\.ts$|graphql/)` },
    },
    {
      name: "only-the-root-knows-the-root",
      severity: "error",
      from: { path: "^server/", pathNot: [ROOT, TEST] },
      to: { path: ROOT },
    },
    { name: "server-knows-no-web", severity: "error", from: { path: "^server/" }, to: { path: "^web/" } },
    { name: "web-knows-no-server", severity: "error", from: { path: "^web/" }, to: { path: "^server/" } },
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { pathNot: TEST },
      to: { path: "\\.test\\.ts$|^tests/" },
    },
    {
      name: "no-unresolvable",
      severity: "error",
      from: { pathNot: "^web/src/graphql/generated/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^server/generated/" },
    exclude: { path: "^server/generated/|^dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
