import type { Step } from "../receivers/script.js";

/** What happens to one attempt, as a scenario says it in one word. */
export type Token = {
  /** As written, for messages and the timeline. */
  readonly text: string;
} & (
  | { readonly kind: "pass" }
  /** Lost before it arrives: nothing comes back until the deadline. */
  | { readonly kind: "drop" }
  /** The connection ends in the middle of the body. */
  | { readonly kind: "cut" }
  /** Delivered, but the connection is gone before the answer is seen. */
  | { readonly kind: "lost-ack" }
  /** Delivered at once; the answer is seen only so many milliseconds after the attempt started. */
  | { readonly kind: "late-ack"; readonly ms: number }
  /** Held up on its way: delivered only so many milliseconds after the attempt started. */
  | { readonly kind: "delayed"; readonly ms: number }
  /** Delivered twice at nearly the same time; the first answer counts. */
  | { readonly kind: "duplicate" }
  /** Delivered; the sender's side goes away so many milliseconds later, and sees no answer, however early it was. */
  | { readonly kind: "hang-up"; readonly ms: number }
  /** The receiver is started anew as the attempt before has ended; then this one is delivered. */
  | { readonly kind: "restart" }
  /** Delivered; so many milliseconds later the receiver is killed, whatever it is at, and started again. */
  | { readonly kind: "crash"; readonly ms: number }
  /** Delivered to another instance of the receiver. */
  | { readonly kind: "other-instance" }
  /** What a receiver does; in front of a real one, a gateway does it in its stead, and the attempt is not delivered. */
  | { readonly kind: "receiver"; readonly step: Step }
);

/** What happens to an attempt beyond the script. */
export const passes: Token = Object.freeze({ text: "pass", kind: "pass" });

/** One session's delivery within a scenario. */
export interface PlannedDelivery {
  /** Milliseconds after the scenario's start. */
  readonly startsAtMs: number;
  /** Attempt by attempt; those after the last token pass. */
  readonly script: readonly Token[];
  /** Position of an earlier delivery whose session it is of, too; absent where it has one of its own. */
  readonly of?: number;
}

/** What a good receiver makes of the scenario. */
export interface Expectation {
  /** How each delivery ends, and with which attempt. */
  readonly deliveries: readonly { readonly outcome: "acknowledged" | "abandoned"; readonly attempts: number }[];
  /**
   * How often each session is processed, where that can be seen: exactly once, or, where no attempt of it gets through,
   * never; where work may be done again, at least so often.
   */
  readonly processed: readonly number[];
}

/** A scripted retry edge case. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** The incident that it stands for; null for one that was typed in. */
  readonly incident: string | null;
  readonly deliveries: readonly PlannedDelivery[];
  readonly expect: Expectation;
}

/** The session of each delivery, where each that has one of its own is given one. */
export const sessionsFor = <T>({ deliveries }: Pick<Scenario, "deliveries">, own: (index: number) => T): readonly T[] =>
  deliveries.map((delivery, index) => own(delivery.of ?? index));
