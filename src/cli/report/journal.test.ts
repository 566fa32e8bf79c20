import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryDirectory } from "../cli.test.kit.js";
import { journalFile, openJournal } from "./journal.js";

it("a journal is not there before its first line is, so that one of a run that is killed at once can be read", () => {
  const directory = temporaryDirectory();
  const path = join(directory, journalFile);
  let wasThere: boolean | null = null;
  const journal = openJournal(directory, {
    get kind() {
      wasThere = existsSync(path);
      return "run";
    },
  });
  expect(wasThere).toBe(false);
  expect(readFileSync(path, "utf8")).toBe('{"kind":"run"}\n');
  journal.write({ kind: "check" });
  journal.close();
  expect(readFileSync(path, "utf8")).toBe('{"kind":"run"}\n{"kind":"check"}\n');
});

it("a journal whose first line cannot be written leaves nothing behind", () => {
  const directory = temporaryDirectory();
  const first = {
    get kind(): string {
      throw new Error("no");
    },
  };
  expect(() => openJournal(directory, first)).toThrow(/^--out .*journal\.jsonl: expected a path that can be written/);
  expect(readdirSync(directory)).toEqual([]);
});
