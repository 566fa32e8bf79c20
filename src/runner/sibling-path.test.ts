import { expect, test } from "vitest";
import { siblingPath } from "./sibling-path.js";

test.each([
  ["/hook", "/no-such-path-1"],
  ["/a/b", "/a/no-such-path-1"],
  ["/a/b/", "/a/no-such-path-1"],
  ["/a/b//?x=1?y", "/a/no-such-path-1?x=1?y"],
  ["/", "/no-such-path-1"],
  ["/?a/b", "/no-such-path-1?a/b"],
])("beside %s is %s", (path, beside) => {
  expect(siblingPath(path, "1")).toBe(beside);
});
