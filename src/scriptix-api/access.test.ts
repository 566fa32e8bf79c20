import { expect, test } from "vitest";
import { UsageError } from "../errors.js";
import { createScriptixApi } from "./scriptix-api.js";
import { errorShape, postJson, resultsPath, sessionPath, start, token } from "./scriptix-api.test.kit.js";

const paths = [
  ["canonical results", resultsPath("s1")],
  ["v3 result", `${sessionPath}/s1/result`],
  ["state", `${sessionPath}/s1`],
] as const;

const forms = [
  ["Authorization", { Authorization: token }],
  ["Authorization: Bearer", { Authorization: `Bearer ${token}` }],
  ["a bearer scheme in lower case", { authorization: `bearer ${token}` }],
  ["x-zoom-s2t-key", { "x-zoom-s2t-key": token }],
] as const;

test.each(paths.flatMap(([what, path]) => forms.map(([form, headers]) => [what, form, path, headers] as const)))(
  "lets the owner read the %s with %s",
  async (_what, _form, path, headers) => {
    const { api, call } = await start();
    api.register("s1", token);

    expect(await call(path, { headers })).toMatchObject({ status: 200 });

    expect(api.requests).toMatchObject([{ sessionId: "s1", authorization: "owner", status: 200 }]);
  },
);

test.each(paths)("refuses the %s without a token, with another one, and of an unknown session", async (_what, path) => {
  const { api, call } = await start();
  api.register("s1", token);
  const unknown = path.replace("s1", "s2");

  const none = await call(path);
  const empty = await call(path, { headers: { Authorization: "Bearer " } });
  const other = await call(path, { headers: { Authorization: "another-token" } });
  const missing = await call(unknown, { headers: { Authorization: token } });

  expect(none).toMatchObject({ status: 401, json: errorShape(401, "Authorization") });
  expect(none.headers["www-authenticate"]).toBe("Bearer");
  expect(empty).toMatchObject({ status: 401 });
  expect(other).toMatchObject({ status: 403, json: errorShape(403, "Authorization") });
  expect(missing).toMatchObject({ status: 404, json: errorShape(404, "session_id") });
  expect(api.requests.map(({ authorization, status }) => [authorization, status])).toEqual([
    ["none", 401],
    ["none", 401],
    ["other", 403],
    ["other", 404],
  ]);
  expect(api.fetches("s1")).toBe(0);
});

test("lets nobody start a session without a token, before it looks at the body", async () => {
  const { call } = await start();

  const answer = await call(sessionPath, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{",
  });

  expect(answer).toMatchObject({ status: 401, json: errorShape(401, "Authorization") });
});

test("knows only the tokens that were given, and those that own a registered session", async () => {
  const { api, call, post } = await start({ tokens: [token] });
  api.register("s1", "token-of-another");
  const as = (given: string) => call(resultsPath("s1"), { headers: { Authorization: given } });

  expect(await as("unknown-token")).toMatchObject({ status: 401 });
  expect(await as(token)).toMatchObject({ status: 403 });
  expect(await as("token-of-another")).toMatchObject({ status: 200 });
  expect(await post(sessionPath, { language: "x" })).toMatchObject({ status: 200 });
});

test("refuses an empty token as bad configuration", () => {
  expect(() => createScriptixApi({ tokens: [""] })).toThrow(UsageError);
});

test("shows no token and no header's value anywhere", async () => {
  const { api, call, get, session, events } = await start();
  const sessionId = await session({
    webhook_url: "http://user:pa55word@localhost:1/hook",
    webhook_headers: ["X-Api-Key: s3cret-key", "Host: s3cret-host"],
  });
  await get(`${resultsPath(sessionId)}?token=${token}`);
  await call(sessionPath, postJson({ language: "x", webhook_headers: ["s3cret-line"] }));
  api.complete(sessionId);

  const shown = JSON.stringify([events, api.requests, (await call("/_mock/log")).json]);

  expect(shown).toContain("?token=[token]");
  for (const secret of [token, "pa55word", "s3cret"]) expect(shown).not.toContain(secret);
});
