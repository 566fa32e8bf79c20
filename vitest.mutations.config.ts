import { defineConfig } from "vitest/config";
import { room } from "./fixtures/mutations/rooms.mjs";

/** The tests that a breakage of the harness is tried on: those that stay in this process and take milliseconds. */
export default defineConfig({
  test: {
    include: room().tests,
    // Runs of every suite take seconds, and find what others find sooner.
    exclude: ["src/runner/run-whole.test.ts", "src/runner/secrets.test.ts"],
    testTimeout: 5000,
    hookTimeout: 5000,
  },
});
