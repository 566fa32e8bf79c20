import { PassThrough } from "node:stream";
import { TLSSocket } from "node:tls";
import { expect, it } from "vitest";
import { requestHead, resetConnection } from "./wire-script.js";

it("the head of a request is these bytes, one for each character", () => {
  const headers = [["X-A", "caf\u00e9"]] as const;
  const request = { sessionId: "", method: "PUT", path: "/a?b", headers, body: Buffer.alloc(0) };
  const head = requestHead(request, "hooks.example.com", ["Expect: x"]);
  expect(head.toString("latin1")).toBe(
    "PUT /a?b HTTP/1.1\r\nHost: hooks.example.com\r\nExpect: x\r\nX-A: caf\u00e9\r\n\r\n",
  );
});

it("a connection to a proxy that speaks TLS is closed where it cannot be reset", () => {
  const socket = new TLSSocket(new PassThrough());
  resetConnection(socket);
  expect(socket.destroyed).toBe(true);
});
