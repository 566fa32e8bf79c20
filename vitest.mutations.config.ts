import process from "node:process";
import { defineConfig } from "vitest/config";
import { roomOf } from "./fixtures/mutations/rooms.js";

/** The tests of one room of the harness, on which its breakages are tried. */
export default defineConfig({
  test: { include: [...roomOf(process.env["ROOM"]).tests], testTimeout: 5000, hookTimeout: 5000 },
});
