/** The import rule of the layers, and cycles. Each message says what to do instead. */

const open = "^lib/(base-path|env|log|log-file|errors|config-file)\\.ts$";

/** `from` may import the listed parts of the project and nothing else of it. */
const layer = (name, from, allowed, advice) => ({
  name,
  severity: "error",
  comment: advice,
  from: { path: from },
  to: {
    path: "^(app|components|emails|jobs|lib|drizzle|test)/",
    pathNot: [from, ...allowed],
  },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment:
        "Two files that need each other are one thing, or share a third: move that part to a file both import.",
      from: {},
      to: { circular: true },
    },
    {
      name: "domain-is-pure",
      severity: "error",
      comment:
        "lib/domain decides and does nothing: take what you need as an argument (the time as `now`), and act on the result in lib/services.",
      from: { path: "^lib/domain/" },
      to: { pathNot: ["^lib/domain/", "node_modules/zod/"] },
    },
    layer(
      "store-below",
      "^lib/store/",
      ["^lib/domain/", "^drizzle/schema/", open],
      "lib/store holds SQL only: decisions belong in lib/domain, the order of effects in lib/services.",
    ),
    layer(
      "clients-below",
      "^lib/clients/",
      ["^lib/domain/", open],
      "A client talks to one outside service and knows no table: let a service in lib/services pass it what it needs.",
    ),
    layer(
      "queue-below",
      "^lib/queue/",
      ["^lib/domain/", "^lib/store/db\\.ts$", open],
      "lib/queue only describes and adds jobs: read rows in lib/services.",
    ),
    layer(
      "emails-draw-only",
      "^emails/",
      ["^lib/domain/"],
      "A mail is drawn from plain props: gather them in lib/services and pass them in.",
    ),
    layer(
      "components-draw-only",
      "^components/",
      ["^lib/domain/", "^lib/base-path\\.ts$"],
      "A component gets data and actions as props: load them in app/ through lib/web.",
    ),
    layer(
      "services-below-web",
      "^lib/services/",
      ["^lib/(domain|store|clients|queue)/", "^emails/", "^drizzle/schema/", open],
      "A service knows neither Next nor the processes: what needs a request belongs in lib/web.",
    ),
    layer(
      "web-uses-services",
      "^lib/web/",
      ["^lib/(domain|store|services|clients)/", "^lib/runtime/peer-address\\.ts$", open],
      "lib/web joins Next with the services: jobs are added by a service, mails drawn by one.",
    ),
    layer(
      "runtime-starts-only",
      "^lib/runtime/",
      // Accounts, backups, the move from the earlier system and whether set-up is over are seen to from the host, where no other process may have to run.
      [
        "^lib/store/",
        "^lib/services/(access/admin-accounts|backups/backup-command|setup/import-earlier|setup/setup-state)\\.ts$",
        // Webhooks are handed to their route handler without Next in between.
        "^lib/web/webhook-route\\.ts$",
        open,
      ],
      "lib/runtime starts and stops processes: what they do belongs in lib/services.",
    ),
    layer(
      "app-composes",
      "^app/",
      ["^lib/(web|services|domain)/", "^components/", open],
      "Pages and routes compose: reads go through a loader in lib/web, writes through an action to a service.",
    ),
    layer(
      "jobs-call-services",
      "^jobs/",
      // The SMTP sender is opened where the worker is put together.
      ["^lib/(services|queue|domain)/", "^lib/store/db\\.ts$", "^lib/clients/smtp\\.ts$", open],
      "A job calls one service: SQL belongs in lib/store, and nothing of Next may be loaded in the worker.",
    ),
    {
      name: "next-stays-in-web",
      severity: "error",
      comment:
        "Only app/ and lib/web may use Next, next-auth and server-only: the worker has none of them.",
      from: { path: "^(lib|jobs|emails)/", pathNot: "^lib/web/" },
      to: { path: "node_modules/(next|next-auth|server-only|@auth)/" },
    },
    {
      name: "no-tests-in-the-product",
      severity: "error",
      comment: "Code that ships may not depend on test/: move what both need into lib.",
      from: { path: "^(app|components|emails|jobs|lib|drizzle)/" },
      to: { path: "^test/" },
    },
    {
      name: "resolvable",
      severity: "error",
      comment:
        "The imported file or package is not there: correct the path, or add the package to package.json.",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(server-only|esbuild|pg-native)$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|dist|test/output)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
