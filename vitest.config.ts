import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { SkippedReporter } from "./fixtures/skipped.test.kit.js";

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/**
 * Rooms whose tests leave nothing behind in their modules: those of one worker share what they have loaded, which takes
 * longer than most of them.
 */
const sharing = ["src/{capture,contract,diagnosis,input,report,runner}/**/*.test.ts"];
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
      { extends: true, test: { name: "sharing", include: sharing, isolate: false } },
      { extends: true, test: { name: "alone", include: all, exclude: ["**/node_modules/**", ...sharing] } },
    ],
    reporters: ["default", new SkippedReporter()],
    // Whole runs of the harness, child processes and TLS take their time on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most files wait for sockets and child processes, so two can share a core.
    maxWorkers: 3,
  },
});
