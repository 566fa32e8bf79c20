import type { ArrivedHeader } from "./journal.js";
/** How a scripted receiver meets one attempt. All of it is data, fit for JSON. */
export type Step = 
/** A whole answer; its framing is added unless `headers` brings one. */
{
    readonly kind: "answer";
    readonly status: number;
    readonly headers?: readonly ArrivedHeader[];
    readonly body?: string;
} | {
    readonly kind: "redirect";
    readonly status: number;
    readonly location: string;
}
/** Waits before it does `next`. */
 | {
    readonly kind: "stall";
    readonly ms: number;
    readonly next: Step;
}
/** Accepts the request and says nothing, until the sender leaves. */
 | {
    readonly kind: "never";
}
/**
 * RST: on the new connection before any request (`connect`), when the request has come (`request`), within the
 * answer's header section (`headers`), or within its body (`body`).
 */
 | {
    readonly kind: "reset";
    readonly at: "connect" | "request" | "headers" | "body";
}
/** FIN in place of an answer. */
 | {
    readonly kind: "close";
}
/** A 200 whose `part` comes `bytes` at a time, a pause before each; endless, or whole after so many `times`. */
 | {
    readonly kind: "dribble";
    readonly part: "headers" | "body";
    readonly bytes: number;
    readonly everyMs: number;
    readonly times?: number;
}
/** A 200 whose `part` never ends, as fast as the sender takes it. */
 | {
    readonly kind: "flood";
    readonly part: "headers" | "body";
}
/** An interim answer (1XX), then `next`. */
 | {
    readonly kind: "interim";
    readonly status: number;
    readonly next: Step;
}
/** These bytes and no others, one character a byte; then FIN, unless `keepOpen`. */
 | {
    readonly kind: "raw";
    readonly bytes: string;
    readonly keepOpen?: boolean;
};
