import { describe, expect, it } from "vitest";
import { batch } from "../contract/batch.js";
import { signed } from "../contract/signed.js";
import type { Header } from "./attempt.js";
import type { CallbackTemplate } from "./callback.js";
import { missingIn } from "./callback-template.js";
import { parseCallbackUrl } from "./callback-url.js";
import { createSender } from "./sender.js";

const captured: CallbackTemplate = {
  method: "POST",
  headers: [
    ["host", "tunnel.example.net"],
    ["x-scriptix-session", "id-1"],
    ["X-ZOOM-Session", "id-1"],
    ["Content-Type", "application/json"],
    ["X-Api-Key", null],
    ["User-Agent", "service/2"],
    ["X-Request-Id", null],
    ["Content-Length", "37"],
    ["Connection", "keep-alive, X-Hop"],
    ["X-Hop", "1"],
    ["Proxy-Connection", "keep-alive"],
  ],
  body: Buffer.from('{"sessionId":"id-1", "zoom_id":"id-1","job":{"ref":"id-1"},"note":"about id-1"}\n'),
  sessionIds: ["id-1"],
};

const senderOf = (
  template: CallbackTemplate,
  headers: readonly Header[] = [],
  url = "https://hooks.example.com/hook?a=1",
) => createSender({ url, headers, template });

describe("a callback from a template", () => {
  it("has the URL's path, and its own method, headers and body, less what belongs to a connection", () => {
    const { callback } = senderOf({ ...captured, method: "PUT" });
    expect(callback("id-1")).toEqual({
      sessionId: "id-1",
      method: "PUT",
      path: "/hook?a=1",
      headers: [
        ["x-scriptix-session", "id-1"],
        ["X-ZOOM-Session", "id-1"],
        ["Content-Type", "application/json"],
        ["User-Agent", "service/2"],
      ],
      body: captured.body,
    });
  });

  it("carries another session id wherever its own is a whole value", () => {
    const { headers, body } = senderOf(captured).callback("id-2");
    expect(headers.slice(0, 2)).toEqual([
      ["x-scriptix-session", "id-2"],
      ["X-ZOOM-Session", "id-2"],
    ]);
    expect(body.toString()).toBe('{"sessionId":"id-2", "zoom_id":"id-2","job":{"ref":"id-2"},"note":"about id-1"}\n');
  });

  it("has another number for another session, where the service has a number for each", () => {
    const data = (id: string, number: string): string =>
      `{"event": "transcription.completed","data":{"id":"${id}","document_id": ${number},"duration_seconds":456}}`;
    const event: CallbackTemplate = {
      method: "POST",
      headers: [["Content-Type", "application/json"]],
      body: Buffer.from(data("stt_1", "456")),
      sessionIds: ["stt_1"],
    };
    const sender = createSender({
      url: "https://hooks.example.com/hook",
      contract: signed,
      secret: "s",
      template: event,
    });
    const bodyOf = (id: string): string => sender.callback(id).body.toString();
    expect(bodyOf("stt_1")).toBe(data("stt_1", "456"));
    const [, two = ""] = /"document_id": (\d+)/.exec(bodyOf("stt_2")) ?? [];
    expect(bodyOf("stt_2")).toBe(data("stt_2", two));
    expect(bodyOf("stt_2")).toBe(bodyOf("stt_2"));
    expect(new Set(["456", two, /"document_id": (\d+)/.exec(bodyOf("stt_3"))?.[1]]).size).toBe(3);
    const own = { ...event, body: Buffer.from('{"data":{"id":"stt_1","document_id":"undefined"}}') };
    const other = createSender({ url: "https://hooks.example.com/hook", contract: signed, secret: "s", template: own });
    expect(other.callback("stt_2").body.toString()).toBe('{"data":{"id":"stt_2","document_id":"undefined"}}');
  });

  it("that calls its session by several names has the session id in the place of each", () => {
    const body = Buffer.from('{"sessionId":"id-1","zoom_id":"old-7"}');
    const varied = senderOf({ ...captured, body, sessionIds: ["id-1", "old-7"] }).callback("id-2");
    expect(varied.body.toString()).toBe('{"sessionId":"id-2","zoom_id":"id-2"}');
  });

  it("stands as it is for each of its own names", () => {
    const body = Buffer.from('{"sessionId":"id-1","zoom_id":"old-7"}');
    const { callback } = senderOf({ ...captured, body, sessionIds: ["id-1", "old-7"] });
    for (const own of ["id-1", "old-7"]) expect(callback(own)).toMatchObject({ sessionId: own, body });
  });

  it.each([[Buffer.from([0xff, ...Buffer.from('"id-1"')])], [Buffer.from('{"sessionId":"id-1"')]])(
    "keeps a body that is no JSON, byte for byte",
    (body) => expect(senderOf({ ...captured, body }).callback("id-2").body).toEqual(body),
  );

  it("leaves out what its Connection header names, and nothing that another header does", () => {
    const headers: CallbackTemplate["headers"] = [
      ["X-Note", "user-agent"],
      ["User-Agent", "service/2"],
    ];
    expect(senderOf({ ...captured, headers }).callback("id-1").headers).toEqual(headers);
  });

  it("takes a session id that a header can carry, and no other", () => {
    expect(() => senderOf(captured).callback("a\r\nb")).toThrow(expect.objectContaining({ code: "ERR_SESSION_ID" }));
  });
});

describe("custom headers and a template", () => {
  it("fill what is not known in its place and spelling, and names what is left out", () => {
    const sender = senderOf(captured, [["x-api-key", "k"]]);
    expect(sender.callback("id-1").headers[3]).toEqual(["X-Api-Key", "k"]);
    expect(sender.missingHeaders).toEqual(["X-Request-Id"]);
  });

  it("replace what is known, and stand behind it where it has no such header", () => {
    const { callback } = senderOf(captured, [
      ["X-New", "n"],
      ["user-agent", "other"],
    ]);
    expect(callback("id-1").headers.slice(3)).toEqual([
      ["User-Agent", "other"],
      ["X-New", "n"],
    ]);
  });

  it("of one name twice come together at its first place", () => {
    const template: CallbackTemplate = {
      ...captured,
      headers: [
        ["X-A", null],
        ["X-B", "b"],
        ["x-a", null],
      ],
    };
    const custom: Header[] = [
      ["x-a", "1"],
      ["X-A", "2"],
    ];
    expect(senderOf(template, custom).callback("id-1").headers).toEqual([
      ["X-A", "1"],
      ["X-A", "2"],
      ["X-B", "b"],
    ]);
  });

  it("cannot override system headers", () => {
    const sender = senderOf(captured, [["Content-Type", "text/plain"]]);
    expect(sender.droppedHeaders).toEqual(["Content-Type"]);
    expect(sender.callback("id-1").headers[2]).toEqual(["Content-Type", "application/json"]);
  });

  it("come from the URL's userinfo too, unless one is given", () => {
    const template: CallbackTemplate = { ...captured, headers: [["authorization", null]] };
    const sent = (...custom: readonly Header[]): unknown => {
      const { callback, missingHeaders } = senderOf(template, custom, "https://u:p@hooks.example.com/");
      return { headers: callback("id-1").headers, missingHeaders };
    };
    expect(sent(["X-A", "1"])).toEqual({
      headers: [
        ["authorization", `Basic ${Buffer.from("u:p").toString("base64")}`],
        ["X-A", "1"],
      ],
      missingHeaders: [],
    });
    expect(sent(["X-A", "1"], ["Authorization", "Bearer t"])).toEqual({
      headers: [
        ["authorization", "Bearer t"],
        ["X-A", "1"],
      ],
      missingHeaders: [],
    });
  });

  it("that are left out can be told before there is a URL", () => {
    expect(missingIn(captured, batch, [["x-api-key", "k"]])).toEqual(["X-Request-Id"]);
    expect(missingIn(captured, batch, [])).toEqual(["X-Api-Key", "X-Request-Id"]);
  });
});

it("without a template the documented callback is sent, and nothing is missing", () => {
  const sender = createSender({ url: parseCallbackUrl("https://hooks.example.com/") });
  expect(sender.missingHeaders).toEqual([]);
  expect(sender.callback("s1").headers[0]).toEqual(["Content-Type", batch.request.contentType]);
});
