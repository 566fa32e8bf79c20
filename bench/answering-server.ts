import { createServer, type AddressInfo } from "node:net";

/**
 * The receiver that every measurement sends to, in a process of its own: `answering-server.js STATUS`. It answers any
 * request with that status and tells its parent the port.
 *
 * It is a plain TCP server, so that it costs less than any client and what is measured is the client. It parses
 * nothing: every contender sends a JSON object, one request at a time on a connection, and that ends with a brace.
 */
const status = process.argv[2] ?? "200";
const answer = Buffer.from(`HTTP/1.1 ${status} Answer\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok`);
const closingBrace = "}".charCodeAt(0);

const server = createServer({ noDelay: true }, (socket) => {
  socket.on("data", (chunk: Buffer) => {
    if (chunk.at(-1) === closingBrace) socket.write(answer);
  });
  // A contender that goes away with a reset is no matter of ours.
  socket.on("error", () => {});
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());
