/** Who may know whom. Each rule says why it exists. */
module.exports = {
  forbidden: [
    {
      name: 'no-service-imports-another',
      comment: 'Services talk over NATS only, so that each can be deployed, scaled and broken on its own.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-do-not-know-apps',
      comment: 'A library that knows a service cannot be used by the next one.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'imports-know-no-kind',
      comment: 'The machinery of files serves every service: what a row means is a matter of the service alone.',
      severity: 'error',
      from: { path: '^libs/imports/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/contracts/src/(registration|assessment|notifications|audit)/' },
    },
    {
      name: 'contracts-are-light',
      comment: 'The web app and every service read the contracts: they may not drag a framework or a driver in.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^(libs/(?!contracts/|calendar/)|node_modules/(@nestjs|mongoose|mongodb|bullmq|ioredis|@nats-io|fastify)/)',
      },
    },
    {
      name: 'rules-are-pure',
      comment:
        'A domain decision must be testable with given/when/then, without a framework, database, broker or clock.',
      severity: 'error',
      from: {
        path: '((-rules|housing-ledger|data-quality|duplicates|bsn)[^/]*\\.ts$|^apps/assessment/src/[^/]+/)',
        pathNot: '(\\.(spec|service|controller|repository|module|schema)\\.ts$|/test-support/)',
      },
      to: {
        path: '(node_modules/(@nestjs|mongoose|mongodb|bullmq|ioredis|@nats-io)/|libs/(messaging|persistence|platform|deadlines)/)',
      },
    },
    {
      name: 'calendar-is-pure',
      comment: 'Dates are used everywhere, so the calendar may depend on nothing of ours.',
      severity: 'error',
      from: { path: '^libs/calendar/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/(?!calendar/)' },
    },
    {
      name: 'testing-stays-in-tests',
      comment: 'The harness starts and kills processes; production code must not reach it.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: '(\\.spec\\.ts$|^libs/testing/|/test-support/|^apps/web/(browser|e2e)/)',
      },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'web-knows-types-only',
      comment:
        'The browser gets types of the contracts and the lists of codes with their names, no other code of ours.',
      severity: 'error',
      from: { path: '^apps/web/src/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^libs/',
        pathNot: '^libs/contracts/src/(assessment/)?(codes|code-labels)[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one idea or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    // `source` leads the imports of package.json to the sources; by default they lead to dist, which has no rules.
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'], conditionNames: ['source', 'import', 'default'] },
    exclude: { path: '(^|/)dist/' },
  },
};
