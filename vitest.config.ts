import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { SkippedReporter } from "./fixtures/skipped.test.kit.js";

const source = (path: string): string => fileURLToPath(new URL(`src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    // The examples import the package by its name, whose exports are those of its bundle.
    alias: [
      { find: /^webhook-conformance$/, replacement: source("index.ts") },
      { find: /^webhook-conformance\/vitest$/, replacement: source("vitest/index.ts") },
    ],
  },
  test: {
    include: ["{src,suites,fixtures,bench,packaging}/**/*.test.ts"],
    reporters: ["default", new SkippedReporter()],
    // Whole runs of the harness, child processes and TLS take their time on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most files wait for sockets and child processes, so two can share a core.
    maxWorkers: 3,
  },
});
