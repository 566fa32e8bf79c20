import { scheduledOffsetsMs, type Contract } from "../contract/contract.js";
import type { ReportContract } from "./model.js";

/** What a report says of the contract that it was made with. */
export function contractFacts(contract: Contract): ReportContract {
  const { id, name, documentUrl, decisions, response } = contract;
  const schedule = { offsetsMs: scheduledOffsetsMs(contract), deadlineMs: response.deadlineMs };
  return { id, name, documentUrl, decisions, schedule };
}
