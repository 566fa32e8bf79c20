import { matchesGlob, relative } from "node:path";
import process from "node:process";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { roomOf } from "./fixtures/mutations/rooms.js";

const { tests } = roomOf(process.env["ROOM"]);

/** The first test that notices a breakage ends it, so the quick ones, which a room names first, go first. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      tests.findIndex((pattern) => matchesGlob(relative(process.cwd(), moduleId), pattern));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

/** The tests of one room of the harness, on which its breakages are tried. */
export default defineConfig({
  test: { include: [...tests], testTimeout: 5000, hookTimeout: 5000, sequence: { sequencer: QuickFirst } },
});
