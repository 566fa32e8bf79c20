import type { Socket } from "node:net";

/**
 * More bytes than one answer can have whose headers and body are within their own caps, interim answers and the worst
 * of chunking included. It bounds what those caps do not see: 1XX without end, a status line, white space, chunk
 * extensions.
 */
const answerCapBytes = 1024 * 1024;

/** A status line longer than this is left to the HTTP client as it comes. */
const statusLineCapBytes = 8 * 1024;

/** Empty lines before it are left out of account, as the parser does. */
const interimStatusLine = /^[\r\n]*HTTP\/1\.\d 1\d\d[ \r\n]/;
/** A class of 0 is none (RFC 9110 §15), and undici's parser throws over it; nor is an answer to HTTP/1.1 HTTP/2's. */
const invalidStatusLine = /^[\r\n]*HTTP\/(?:1\.\d 0\d\d(?!\d)|[02-9])/;
/** What may become a status line when more comes. */
const startOfStatusLine = /^[\r\n]*(?:H|HT|HTT|HTTP|HTTP\/|HTTP\/1|HTTP\/1\.|HTTP\/1\.\d|HTTP\/1\.\d [^\n]*)?$/;
/** The parser would take RTSP and ICE too. */
const http = /^[\r\n]*HTTP\//;
/** A recipient may take a line feed alone for the end of a line (RFC 9112 §2.2). */
const endOfHead = /\r?\n\r?\n/;

/**
 * Takes 1XX answers out of what a client reads from a socket (decision `redirects`; RFC 9110 §15.2: a client must
 * be able to parse them unexpected). It stands below the HTTP client because undici treats an unexpected 100 as a
 * broken connection. The final status line passes in one piece, all after it untouched; a write after that awaits a new
 * answer. What comes before the first write waits for it: undici would drop the connection and open another, for ever.
 */
export function ignoreInterimResponses(socket: Socket): void {
  let part: "unasked" | "status-line" | "interim-head" | "passing" = "unasked";
  let kept = "";
  let answerBytes = 0;
  const read = socket.read.bind(socket);
  const write = socket.write.bind(socket);

  socket.write = ((...parameters: Parameters<typeof write>) => {
    if (part === "unasked" && socket.readableLength > 0) queueMicrotask(() => socket.emit("readable"));
    if (part === "unasked" || part === "passing") {
      part = "status-line";
      answerBytes = 0;
    }
    return write(...parameters);
  }) as typeof socket.write;

  socket.read = ((size?: number) => {
    if (part === "unasked" && socket.readableLength > 0) return null;
    const chunk = read(size) as Buffer | null;
    if (chunk === null) return null;
    answerBytes += chunk.length;
    if (answerBytes > answerCapBytes) return refuse("HEADERS_OVERFLOW", "it has no end");
    return part === "passing" ? chunk : withoutInterim(chunk);
  }) as typeof socket.read;

  function refuse(code: string, message: string): null {
    socket.destroy(Object.assign(new Error(message), { code }));
    return null;
  }

  function withoutInterim(chunk: Buffer): Buffer | null {
    let bytes = kept + chunk.toString("latin1");
    kept = "";
    for (;;) {
      if (part === "interim-head") {
        const end = endOfHead.exec(bytes);
        if (end === null) {
          kept = bytes.slice(-3);
          return null;
        }
        bytes = bytes.slice(end.index + end[0].length);
        part = "status-line";
      }
      if (startOfStatusLine.test(bytes) && bytes.length <= statusLineCapBytes) {
        kept = bytes;
        return null;
      }
      if (!interimStatusLine.test(bytes)) {
        part = "passing";
        if (!http.test(bytes)) return refuse("INVALID_HTTP", "it does not begin with HTTP/");
        if (invalidStatusLine.test(bytes)) return refuse("INVALID_HTTP", "its status line is none of HTTP/1.1");
        return Buffer.from(bytes, "latin1");
      }
      part = "interim-head";
    }
  }
}
