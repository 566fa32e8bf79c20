import { expect, it } from "vitest";
import { keepSecrets } from "./kept-secrets.js";
import { leaving } from "./way-out.js";

it("takes out what no word is like, and leaves the words that stand in the same header", () => {
  keepSecrets([{ kind: "header", name: "X-Auth", value: "state=passed; user=operator; key=a1b2c3d4e5" }]);
  expect(leaving('{"outcome":"passed","says":"the operator sent a1b2c3d4e5"}')).toBe(
    '{"outcome":"passed","says":"the operator sent [redacted]"}',
  );
  expect(leaving("state=passed; user=operator; key=a1b2c3d4e5")).toBe("[redacted]");
});
