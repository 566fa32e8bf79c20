import { defineConfig } from "vitest/config";
import { room } from "./fixtures/mutations/rooms.mjs";

/** The tests that a breakage of the harness is tried on: those that stay in this process and take milliseconds. */
export default defineConfig({
  test: {
    include: room().tests,
    testTimeout: 5000,
    hookTimeout: 5000,
  },
});
