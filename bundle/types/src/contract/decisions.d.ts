import { type Figures } from "./figures.js";
/** What we decided where the documentation is silent. The report states every one of these. */
export interface Decision {
    readonly id: string;
    readonly question: string;
    readonly decision: string;
    readonly reason: string;
}
/** Those that hold for every callback of the service. */
export declare const decisionsFor: ({ retryDelaysMs }: Figures) => readonly Decision[];
