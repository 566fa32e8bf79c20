import type { ReasonCode } from "../report/model.js";

/** Thrown inside a check to stop it without a finding about the receiver. */
export class NotRun extends Error {
  override readonly name = "NotRun";
  readonly code: ReasonCode;

  constructor(code: ReasonCode, reason: string) {
    super(reason);
    this.code = code;
  }
}
