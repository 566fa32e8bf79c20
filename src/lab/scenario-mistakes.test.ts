import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UsageError } from "../errors.js";
import { loadScenario } from "./scenario-file.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scenarios-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** What is said about the file, without its folder. */
function mistake(name: string, text: string): string {
  const file = written(name, text);
  try {
    loadScenario(file);
  } catch (error) {
    const { code, message } = error as UsageError;
    return `${code} ${message.replace(`${folder}/`, "")}`;
  }
  throw new Error("no mistake in it");
}

describe("a mistake in a file is told with its line, its key and its word:", () => {
  test.each([
    [
      "a word of a list",
      "a.yaml",
      "title: x\nattempts:\n  - 503\n  - tiemout\n",
      /^ERR_SCENARIO scenario a.yaml, line 4, column 5, attempts\[1\]: expected pass, .* as attempt 2, got "tiemout"; did you mean timeout\?$/,
    ],
    [
      "a word of a script",
      "b.json",
      '{\n\t"attempts": "503, tiemout"\n}',
      /^ERR_SCENARIO scenario b.json, line 2, column 20, attempts: .* as attempt 2, got "tiemout"; did you mean timeout\?$/,
    ],
    [
      "a word of a script over several lines",
      "b.yaml",
      "attempts: >-\n  503,\n  tiemout,\n  pass\n",
      /^ERR_SCENARIO scenario b.yaml, line 3, column 3, attempts: .* as attempt 2, got "tiemout"; did you mean timeout\?$/,
    ],
    [
      "a word of one session",
      "c.yaml",
      "deliveries:\n- attempts: pass\n- attempts: 'pass, late-ack'\n",
      /^ERR_SCENARIO scenario c.yaml, line 3, column 20, deliveries\[1\].attempts: expected late-ack with a duration/,
    ],
    [
      "a word too many",
      "d.yaml",
      "attempts: 503*6,pass",
      /^ERR_SCENARIO scenario d.yaml, line 1, column 17, attempts: expected at most 6 attempts, got 7 with "pass"$/,
    ],
    [
      "a status that is none",
      "e.yaml",
      "attempts: [503, 600]",
      /^ERR_SCENARIO scenario e.yaml, line 1, column 17, attempts\[1\]: expected a status from 200 to 599, as attempt 2, got "600"$/,
    ],
    [
      "a colon with a space behind it",
      "f.yaml",
      "attempts: [slow: 19s]",
      /^ERR_SCENARIO scenario f.yaml, line 1, column 12, attempts\[0\]: expected a word such as pass or 503, got an object; in YAML, a text with a colon in it stands in quotes$/,
    ],
    ["an empty word", "g.yaml", "attempts: [pass, '']", /line 1, column 19, attempts\[1\]: .* got an empty word$/],
    [
      "an empty list",
      "h.yaml",
      "attempts: []",
      /^ERR_SCENARIO scenario h.yaml, line 1, column 11, attempts: expected a script such as .*, got an empty list$/,
    ],
    [
      "a key that is misspelt",
      "i.json",
      '{\n  "attemps": "pass"\n}',
      /^ERR_SCENARIO scenario i.json, line 2, column 3: unknown key "attemps"; did you mean attempts\?$/,
    ],
    [
      "neither attempts nor deliveries",
      "j.yaml",
      "title: x",
      /^ERR_SCENARIO scenario j.yaml, line 1, column 1: expected either the key attempts or the key deliveries, got neither$/,
    ],
    ["both of them", "k.yaml", "attempts: pass\ndeliveries: [{ attempts: pass }]", /deliveries, got both$/],
    [
      "a session without attempts",
      "l.yaml",
      "deliveries:\n- startsAt: 30s\n",
      /^ERR_SCENARIO scenario l.yaml, line 2, column 3, deliveries\[0\]: expected the key "attempts" in it, got none$/,
    ],
    [
      "a start that is no time",
      "m.yaml",
      "deliveries:\n- startsAt: soon\n  attempts: pass\n",
      /^ERR_SCENARIO scenario m.yaml, line 2, column 13, deliveries\[0\].startsAt: expected a time such as 30s, got "soon"$/,
    ],
    [
      "a start that is too late",
      "m2.yaml",
      "deliveries:\n- startsAt: 25h\n  attempts: pass\n",
      /^ERR_SCENARIO scenario m2.yaml, line 2, column 13, deliveries\[0\].startsAt: expected a duration of at most 24h, such as 30s, got "25h"$/,
    ],
    [
      "a number out of range",
      "n.yaml",
      "deliveries:\n- attempts: pass\n  times: 0\n",
      /^ERR_SCENARIO scenario n.yaml, line 3, column 10, deliveries\[0\].times: expected a whole number from 1 to 1000, got 0$/,
    ],
    [
      "too many sessions",
      "o.yaml",
      "deliveries:\n- { attempts: pass, times: 600 }\n- { attempts: pass, times: 600 }\n",
      /^ERR_SCENARIO scenario o.yaml, line 2, column 1, deliveries: expected at most 1000 sessions, got 1200$/,
    ],
    [
      "an end that there is not",
      "p.yaml",
      "attempts: pass\nexpect: { outcome: lost }",
      /^ERR_SCENARIO scenario p.yaml, line 2, column 20, expect.outcome: expected acknowledged or abandoned, got "lost"$/,
    ],
    [
      "an end that cannot be",
      "q.yaml",
      "attempts: pass\nexpect: { outcome: abandoned, attempts: 3 }",
      /^ERR_SCENARIO scenario q.yaml, line 2, column 41, expect.attempts: expected 6 where it is abandoned, got 3$/,
    ],
    [
      "nothing at all",
      "r.yaml",
      "",
      /^ERR_SCENARIO scenario r.yaml: expected a scenario with attempts or deliveries, got an empty file$/,
    ],
    [
      "a list",
      "s.json",
      "[]",
      /^ERR_SCENARIO scenario s.json, line 1, column 1: expected a scenario .*, got an empty list$/,
    ],
    [
      "a key that is there twice",
      "t.json",
      '{"attempts": "pass",\n"attempts": "503"}',
      /^ERR_SCENARIO scenario t.json, line 2, column 1: expected each key once, got one twice$/,
    ],
    [
      "a comma too many",
      "u.json",
      '{"attempts": "pass",\n,}',
      /^ERR_SCENARIO scenario u.json, line 2, column 1: expected JSON with a key in double quotes, or } here, got ,$/,
    ],
    [
      "several documents",
      "v.yaml",
      "attempts: pass\n---\nattempts: 503\n",
      /^ERR_SCENARIO scenario v.yaml, line 2, column 1: expected one document/,
    ],
    [
      "what is no YAML",
      "w.yaml",
      "attempts: [pass",
      /^ERR_SCENARIO scenario w.yaml, line 1, column 16: expected YAML, got what is none \(Flow sequence/,
    ],
    [
      "an anchor that is not there",
      "x.yaml",
      "attempts: *script",
      /^ERR_SCENARIO scenario x.yaml, line 1, column 11: expected YAML, got an alias of an anchor that is not there$/,
    ],
  ])("%s", (_, name, text, told) => {
    expect(mistake(name, text)).toMatch(told);
  });
});
