import { type Contract } from "./contract.js";
/** What a page says in numbers. Sentences that mention them are made from them. */
export interface Figures {
    readonly deadlineMs: number;
    readonly retryDelaysMs: readonly number[];
}
/** `six`; in digits from thirteen on. */
export declare const inWords: (count: number) => string;
/**
 * A sentence with what a contract says in its places: `{method}` becomes `POST`, `{deadline}` becomes `20 seconds`, `{attempts}` `six`,
 * `{retries}` `five`, `{span}` `53 minutes`, `{late}` those attempts that come more than ten minutes after the first.
 */
export declare function withFigures(text: string, contract: Contract): string;
