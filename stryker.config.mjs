import { room } from "./fixtures/mutations/rooms.mjs";

const { name, mutate } = room();

/** Breaks one room of the harness in every small way: `ROOM=clock npx stryker run`. */
export default {
  packageManager: "npm",
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutations.config.ts", related: false },
  mutate: [...mutate, "!src/**/*.test.ts", "!src/**/*.test.kit.ts"],
  coverageAnalysis: "perTest",
  // TypeScript 7 has no API that it could be rewritten with, and Vitest needs none.
  tsconfigFile: "none",
  concurrency: 1,
  timeoutMS: 4000,
  timeoutFactor: 2,
  incremental: true,
  incrementalFile: `reports/mutations/${name}.incremental.json`,
  tempDirName: "node_modules/.stryker-tmp",
  ignorePatterns: ["dist", "coverage", "reports/sample"],
  reporters: ["clear-text", "json", "progress-append-only"],
  clearTextReporter: { reportTests: false, allowColor: false },
  jsonReporter: { fileName: `reports/mutations/${name}.json` },
};
