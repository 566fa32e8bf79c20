import type { CallbackRequest } from "./attempt.js";
import type { CallbackUrl } from "./callback-url.js";
import { type ExchangeFault } from "./connection.js";
/** What happens to an attempt on its way: nothing; its answer is lost; it is cut in the middle of its body. */
export type OnTheWay = "pass" | "lost-ack" | "cut";
/** What is done to the exchange so that this happens; none for an attempt that passes. */
export declare function faultOnTheWay(request: CallbackRequest, url: CallbackUrl, onTheWay: OnTheWay): ExchangeFault | undefined;
export declare const firstHalf: (body: Buffer) => Buffer;
/** The Host header of a request to this URL: the port only where it is not the scheme's own (RFC 9110 §7.2). */
export declare function hostOf({ scheme, hostname, port }: CallbackUrl): string;
