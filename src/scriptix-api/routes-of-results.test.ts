import { expect, it } from "vitest";
import { start, token } from "./scriptix-api.test.kit.js";

const routes = [
  "/api/v2/batch/session/s1/results",
  "/api/v3/speech-to-text/session/s1/result",
  "/api/v2/speech-to-text/session/s1",
];

it.each(routes.flatMap((route) => [route, `${route}/`]))("results are fetched by %s", async (route) => {
  const { api, call } = await start();
  api.register("s1", token);
  const { status, json } = await call(route, { headers: { Authorization: token } });
  expect({ status, json }).toMatchObject({ status: 200, json: { result: { session_id: "s1", status: "done" } } });
  expect(api.fetches("s1")).toBe(1);
});

it.each([
  ["", "text/vtt", "text/vtt", /^WEBVTT\n\n00:00:00\.000 --> 00:00:0/],
  ["?format=text%2Fsrt", "text/vtt", "text/srt", /^1\n00:00:00,000 --> /],
  ["?format=text/sbv", "", "text/sbv", /^0:00:00\.000,0:00:0/],
  ["", "application/ttml+xml;q=0.9, */*", "application/ttml+xml", /^<\?xml [^]*<p begin="00:00:00\.000"/],
  ["?format=application/json", "text/vtt", "application/json", /^\{"count":/],
  ["", "*/*", "application/json", /^\{"count":/],
])("the oldest route answers %s with Accept: %s as %s", async (query, accept, type, text) => {
  const { api, baseUrl } = await start();
  api.register("s1", token);
  const answer = await fetch(`${baseUrl}${routes[2]}/${query}`, { headers: { Authorization: token, accept } });
  expect(answer.headers.get("content-type")).toContain(type);
  expect(await answer.text()).toMatch(text);
});

it("breaks subtitles into lines as it is told, and refuses what is out of range", async () => {
  const { api, baseUrl } = await start();
  api.register("s1", token);
  const ask = (query: string) =>
    fetch(`${baseUrl}${routes[2]}?format=text/vtt&${query}`, { headers: { Authorization: token } });
  expect(await (await ask("max_line_words=1")).text()).toContain("\ngood\nmorning\neveryone\n");
  expect((await ask("max_line_words=101")).status).toBe(422);
  expect((await ask("break_on_silence=20001")).status).toBe(422);
});

it("serves a token in a header that is on no page, and says so", async () => {
  const { api, call } = await start();
  api.register("s1", token);
  expect((await call(routes[2] ?? "", { headers: { "X-Zoom-S2T-Token": token } })).status).toBe(200);
  expect(api.requests.at(-1)).toMatchObject({ authorization: "owner", undocumented: "x-zoom-s2t-token" });
});

it("erases a session for its owner alone", async () => {
  const { api, call } = await start();
  api.register("s1", token);
  const path = "/api/v3/speech-to-text/session/s1";
  expect((await call(path, { method: "DELETE", headers: { Authorization: "another-token" } })).status).toBe(403);
  expect((await call(path, { method: "DELETE", headers: { Authorization: token } })).status).toBe(200);
  expect((await call(routes[0] ?? "", { headers: { Authorization: token } })).status).toBe(404);
});
