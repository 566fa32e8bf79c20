/**
 * What an answer may have wrong with it and still be read: each is an error of the receiver's that RFC 9110 and 9112
 * let a user agent take, and that other clients may well refuse.
 */
export declare const oddities: {
    readonly "folded-header": "a header that goes on in a folded line (RFC 9112 §5.2)";
    readonly "bare-line-feed": "lines that end with LF alone, not CRLF (RFC 9112 §2.2)";
    readonly "bare-carriage-return": "a CR that ends no line (RFC 9112 §2.2)";
    readonly "repeated-content-length": "Content-Length more than once, with the same value (RFC 9110 §8.6)";
    readonly "stray-white-space": "white space in or after the status line, or a chunk size, where none belongs (RFC 9112 §2.2, §4, §7.1)";
    readonly "no-space-after-status": "no space after the status code (RFC 9112 §4)";
    readonly "control-character": "control characters in a header or the status line (RFC 9110 §5.5)";
    readonly "empty-line-before": "empty lines before the status line (RFC 9112 §2.1)";
    readonly "bytes-after-end": "bytes after the end of the answer (RFC 9112 §6.3)";
};
export type Oddity = keyof typeof oddities;
