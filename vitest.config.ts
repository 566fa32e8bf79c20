import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { SkippedReporter } from "./fixtures/skipped.test.kit.js";

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/** What runs longest is begun first: a fresh clone knows no durations, and Vitest would go by the size of a file. */
const long = [
  "fixtures/{good-receivers,hinted,mended,packag*,stacks*}.test.ts",
  "src/faulty-receivers/*.test.ts",
  "src/cli/{secrets-nowhere,init/init-languages,progress/run-log,run/run-effects}.test.ts",
  "src/report/html/html.browser.test.ts",
];

/**
 * Rooms whose tests leave nothing behind in their modules: those of one worker share what they have loaded, which takes
 * longer than most of them. Whoever has a module of Node replaced, or counts what a process has open, stays alone.
 */
const sharing = [
  "src/{capture,contract,diagnosis,input,report,runner,scriptix-api,tls,vitest}/**/*.test.ts",
  "src/clock/!(virtual-clock*).test.ts",
  "src/receivers/!(*results*).test.ts",
  "src/sender/!(addresses.wire).test.ts",
  "suites/**/*.test.ts",
];
const all = ["{src,suites,fixtures,bench,packaging}/**/*.test.ts"];

export default defineConfig({
  resolve: {
    // The examples import the package by its name, whose exports are those of its bundle.
    alias: [
      { find: /^webhook-conformance$/, replacement: source("index.ts") },
      { find: /^webhook-conformance\/vitest$/, replacement: source("vitest/index.ts") },
    ],
  },
  test: {
    projects: [
      // Vitest takes them in the order of their names.
      { extends: true, test: { name: "a long one", include: long } },
      { extends: true, test: { name: "alone", include: all, exclude: ["**/node_modules/**", ...long, ...sharing] } },
      { extends: true, test: { name: "sharing", include: sharing, exclude: long, isolate: false, unstubEnvs: true } },
    ],
    reporters: ["default", new SkippedReporter()],
    // Whole runs of the harness, child processes and TLS take their time on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most files wait for sockets and child processes, so two can share a core.
    maxWorkers: 4,
  },
});
