import { defineConfig } from "vitest/config";
import { SkippedReporter } from "./fixtures/skipped.test.kit.js";

export default defineConfig({
  test: {
    include: ["{src,suites,fixtures,bench}/**/*.test.ts"],
    reporters: ["default", new SkippedReporter()],
    // Whole runs of the harness, child processes and TLS take their time on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most files wait for sockets and child processes, so two can share a core.
    maxWorkers: 3,
  },
});
