import type { CallbackRequest } from "./attempt.js";

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110 §5.5, as characters of one byte each. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;
const target = /^[\x21-\xff]+$/;

/** What would frame the request in another way than it is; a wire script may send them. */
const framing = new Set(["expect", "keep-alive", "transfer-encoding", "upgrade"]);
const framingLengths = new Set(Array.from(framing, ({ length }) => length));

/**
 * A request as it stands on the wire, framed by its length (RFC 9110 §8.6: none for a method that expects no body).
 * @throws TypeError for what HTTP/1.1 cannot carry, which would be another request than was meant.
 */
export function requestBytes(request: CallbackRequest, host: string, lastOnConnection: boolean): Buffer {
  const { method, path, headers, body } = request;
  if (!token.test(method) || !target.test(path))
    throw new TypeError("a method or a request target that HTTP cannot carry");
  let fields = "";
  let [hasHost, hasLength] = [false, false];
  for (const [name, value] of headers) {
    if (!token.test(name) || !fieldValue.test(value))
      throw new TypeError(`a header that HTTP cannot carry: ${JSON.stringify(name)}`);
    // Lengths first: this is asked of each header of each request.
    if (framingLengths.has(name.length) && framing.has(name.toLowerCase()))
      throw new TypeError(`no request of a sender has ${name.toLowerCase()}`);
    if (name.length === 4 && name.toLowerCase() === "host") hasHost = true;
    if (name.length === 14 && name.toLowerCase() === "content-length") hasLength = true;
    fields += `${name}: ${value}\r\n`;
  }
  let head = `${method} ${path} HTTP/1.1\r\n`;
  if (!hasHost) head += `host: ${host}\r\n`;
  head += lastOnConnection ? "connection: close\r\n" : "connection: keep-alive\r\n";
  head += fields;
  if (!hasLength && (body.length > 0 || expectsBody(method))) head += `content-length: ${body.length}\r\n`;
  head += "\r\n";
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, 0, "latin1");
  body.copy(bytes, head.length);
  return bytes;
}

const expectsBody = (method: string): boolean => method === "POST" || method === "PUT" || method === "PATCH";
