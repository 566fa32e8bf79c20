import type { Answer } from "./answer.js";

/** A likely cause that an answer shows by itself. */
export interface Rule {
  readonly id: string;
  /**
   * Stands between the sender and the receiver, so that the answer is no receiver's own refusal: it wants a browser or a
   * person, or it goes by a rule of its own, on names of hosts or on what looks like an attack.
   */
  readonly wall?: "browser" | "rule";
  /** The answer of whatever stands where nothing is registered, unmistakably: the receiver itself was never asked. */
  readonly noRoute?: true;
  /** The receiver may be right to refuse a stranger so: it says nothing of how it treats callbacks. */
  readonly mayBeRight?: true;
  /** The receiver has not read which session it is, so that it cannot have refused that. */
  readonly unread?: true;
  /** Explains an answer to the documented callback only: a varied request may be refused for what was varied. */
  readonly documentedOnly?: true;
  /** Explains an answer to a varied request only: the documented one was acknowledged before it. */
  readonly variedOnly?: true;
  readonly shows: (answer: Answer) => boolean;
  /** A clause that goes on after the status: "a redirect to …". */
  readonly says: string | ((answer: Answer) => string);
  /** `{method}` in it, and in `says`, stands for the method of the request. */
  readonly fix: string;
}

/** A rule that holds for one answer. */
export interface Cause extends Omit<Rule, "says"> {
  readonly says: string;
}
