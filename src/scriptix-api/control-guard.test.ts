import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, it, test } from "vitest";
import { createRecordingServer } from "../receivers/recording-server.js";
import { closeAfterTest, postJson, start, token } from "./scriptix-api.test.kit.js";

/** One request, byte for byte; the status of its answer. */
async function statusOf(baseUrl: string, lines: readonly string[], body = ""): Promise<number> {
  const socket = connect(Number(new URL(baseUrl).port), "127.0.0.1");
  socket.end([...lines, `Content-Length: ${body.length}`, "Connection: close", "", body].join("\r\n"));
  let answer = "";
  socket.on("data", (bytes: Buffer) => (answer += bytes.toString()));
  await once(socket, "close");
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

const json = "Content-Type: application/json";
const fault = '{"kind":"unavailable"}';

describe("the mock's own paths are for whoever works on its machine", () => {
  it.each([
    ["an address", ["Host: 127.0.0.1:4000", json], 201],
    ["localhost", ["Host: localhost:4000", json], 201],
    ["the name of a container", ["Host: mock:4000", json], 201],
    ["the name that a container has for its host", ["Host: host.docker.internal:4000", json], 201],
    ["a page of its own", ["Host: localhost:4000", "Origin: http://localhost:4000", json], 201],
    ["a name that was made to resolve to this machine", ["Host: rebound.example.net", json], 403],
    ["a name that leads nowhere", ["Host: evil.example", json], 403],
    ["such a name, with a word for a token", ["Host: rebound.example.net", "Authorization: x", json], 403],
    ["a page of another origin", ["Host: localhost:4000", "Origin: https://evil.example.net", json], 403],
    ["a page of no origin", ["Host: localhost:4000", "Origin: null", json], 403],
    ["a page on another port", ["Host: localhost:4000", "Origin: http://localhost:3000", json], 403],
  ])("%s", async (_, headers, status) => {
    const { baseUrl, api } = await start();
    expect(await statusOf(baseUrl, ["POST /_mock/faults HTTP/1.1", ...headers], fault)).toBe(status);
    expect(api.requests).toHaveLength(1);
  });

  it("whoever has a token that was configured may come from anywhere", async () => {
    const { baseUrl } = await start({ tokens: [token] });
    const line = "POST /_mock/faults HTTP/1.1";
    const host = "Host: mock.example.com";
    expect(await statusOf(baseUrl, [line, host, `Authorization: ${token}`, json], fault)).toBe(201);
    expect(await statusOf(baseUrl, [line, host, "Authorization: another", json], fault)).toBe(403);
  });

  it("the log is not shown to a foreign name", async () => {
    const { baseUrl } = await start();
    expect(await statusOf(baseUrl, ["GET /_mock/log HTTP/1.1", "Host: rebound.example.net"])).toBe(403);
    expect(await statusOf(baseUrl, ["GET /_mock/log HTTP/1.1", "Host: localhost"])).toBe(200);
  });
});

test("what has neither a token nor a JSON body changes nothing", async () => {
  const { api, call, session, events } = await start();
  const id = await session();
  api.fault({ kind: "unavailable" });
  const forms = [{}, { headers: { "Content-Type": "text/plain" }, body: "{}" }];
  for (const form of forms) {
    for (const path of [`/_mock/session/${id}/complete`, `/_mock/session/${id}/fail`]) {
      expect((await call(path, { method: "POST", ...form })).status).toBe(401);
    }
    expect((await call("/_mock/faults", { method: "DELETE", ...form })).status).toBe(401);
  }
  expect(events.map(({ event }) => event)).not.toContain("job-completed");
  expect((await call(`/_mock/session/${id}/complete`, postJson({}))).status).toBe(200);
});

test("the address that is connected to is judged, whatever the name resolved to when the session was started", async () => {
  const addresses = [["93.184.216.34"], ["127.0.0.1"]];
  const network = { resolve: async () => addresses.shift() ?? ["127.0.0.1"] };
  const { api, clock, session, events } = await start({ local: false, network });
  const receiver = await createRecordingServer({
    clock,
    answer: (socket) => void socket.end("HTTP/1.1 200 OK\r\n\r\n"),
  });
  closeAfterTest(receiver);
  const id = await session({ webhook_url: `https://hooks.example.com:${receiver.port}/hook` });
  api.complete(id);
  await expect.poll(() => events.filter(({ event }) => event === "attempt")).not.toHaveLength(0);
  expect(receiver.journal.connections).toHaveLength(0);
  expect(events.find(({ event }) => event === "attempt")).toMatchObject({
    acknowledged: false,
    outcome: "the name could not be resolved (NOT_REACHABLE_FROM_OUTSIDE)",
  });
});
