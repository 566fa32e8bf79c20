import { describe, expect, test } from "vitest";
import { batch } from "../src/contract/batch.js";
import type { Variation } from "../src/runner/check-context.js";
import { vary } from "../src/runner/vary.js";
import * as bad from "./bad-input-variations.js";
import { payload } from "./payload.js";

/** Bodies as a service might send them: more than is documented, and in any form that JSON may have. */
const bodies = {
  "the documented one": '{"sessionId":"id-1","zoom_id":"id-1"}',
  "an empty object first": '{"meta":{},"sessionId":"id-1","zoom_id":"id-1"}',
  "braces in strings": '{"a":"}{","sessionId":"id-1","remark":"a}","b":[{"c":"\\"}"}]}',
  "white space around": ' { "sessionId" : "id-1",\r\n "zoom_id": "id-1" }\n          \n',
};

const varied = (text: string, variation: Variation): Buffer =>
  vary({ sessionId: "id-1", method: "POST", path: "/", headers: [], body: Buffer.from(text) }, variation, batch.request)
    .body;

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe.each(Object.entries(bodies))("a captured body, %s", (_, text) => {
  const members = JSON.parse(text) as Record<string, unknown>;

  test.each([...bad.malformedJson, ...bad.emptyBody])("$label is no JSON", (variation) => {
    expect(isJson(varied(text, variation).toString())).toBe(false);
  });

  const odd = [...bad.deepNesting, ...bad.prototypeKeys, ...bad.invalidUtf8.slice(0, 2)];
  test.each([...odd, ...bad.controlCharacters.filter(({ label }) => !label.includes("NUL"))])(
    "$label still holds all that was captured",
    (variation) => {
      expect(JSON.parse(varied(text, variation).toString())).toMatchObject(members);
    },
  );

  test("a body without zoom_id lacks nothing else", () => {
    const { zoom_id: _gone, ...others } = members;
    const bodyOf = payload.checks[0]?.run;
    expect(bodyOf).toBeDefined();
    const seen: Buffer[] = [];
    const send = ({ variation }: { variation: Variation }) => {
      seen.push(varied(text, variation));
      return Promise.resolve({ outcome: { kind: "acknowledged", status: 200 } });
    };
    void bodyOf?.({ send } as never);
    expect(JSON.parse(String(seen[0]))).toEqual(others);
  });
});
