/**
 * What an answer may have wrong with it and still be read: each is an error of the receiver's that RFC 9110 and 9112
 * let a user agent take, and that other clients may well refuse.
 */
export const oddities = {
  "folded-header": "a header that goes on in a folded line (RFC 9112 §5.2)",
  "bare-line-feed": "lines that end with LF alone, not CRLF (RFC 9112 §2.2)",
  "bare-carriage-return": "a CR that ends no line (RFC 9112 §2.2)",
  "repeated-content-length": "Content-Length more than once, with the same value (RFC 9110 §8.6)",
  "stray-white-space":
    "white space in or after the status line, or a chunk size, where none belongs (RFC 9112 §2.2, §4, §7.1)",
  "no-space-after-status": "no space after the status code (RFC 9112 §4)",
  "control-character": "control characters in a header or the status line (RFC 9110 §5.5)",
  "empty-line-before": "empty lines before the status line (RFC 9112 §2.1)",
  "space-before-colon": "white space between a header's name and its colon (RFC 9112 §5.1)",
  "length-beside-coding": "a Content-Length beside a Transfer-Encoding (RFC 9112 §6.2)",
  "unasked-coding": "a transfer coding beside chunked, which nobody asked for (RFC 9112 §7.4)",
  "repeated-chunked": "chunked as a transfer coding more than once (RFC 9112 §6.1)",
  "coding-in-http-1.0": "a transfer coding in an answer of HTTP/1.0 (RFC 9112 §6.1)",
  "malformed-chunk-extension": "a chunk extension that is none (RFC 9112 §7.1.1)",
  "malformed-trailer": "a line among the trailers that is no header (RFC 9112 §7.1.2)",
  "unknown-version": "a version of HTTP/1 that there is not (RFC 9110 §6.2)",
  "bytes-after-end": "bytes after the end of the answer (RFC 9112 §6.3)",
} as const;

export type Oddity = keyof typeof oddities;
