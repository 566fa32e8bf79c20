/**
 * The library: the documented sender, a clock on which its 53 minutes pass in no time, a receiver that follows a script,
 * and retry edge cases played on your own receiver. Each is used in a test of its own in the README.
 */
export { systemClock } from "./clock/system-clock.js";
export { virtualClock } from "./clock/virtual-clock.js";
export { UsageError } from "./errors.js";
export { playScenario } from "./lab/play-scenario.js";
export { namedScenarios as scenarios } from "./lab/scenario-file.js";
export { receiverFromWords as scriptedReceiver } from "./lab/receiver-from-words.js";
export { createSender } from "./sender/sender.js";

export type { Clock, Hold, Timer } from "./clock/clock.js";
export type { LentHold, VirtualClock, VirtualClockOptions } from "./clock/virtual-clock.js";
export type { Contract } from "./contract/contract.js";
export type { LabEvent } from "./lab/events.js";
export type { Unmet } from "./lab/judge.js";
export type { ScenarioApp } from "./lab/play-scenario-receiver.js";
export type {
  HeadersGiven,
  PlayedScenario,
  PlayScenarioOptions,
  ScenarioAttempt,
  ScenarioDelivery,
} from "./lab/play-scenario.js";
export type { Expectation, PlannedDelivery, Scenario, Token } from "./lab/scenario.js";
export type { ArrivedRequest, Journal } from "./receivers/journal.js";
export type { Step } from "./receivers/script.js";
export type { ReceiverFromWordsOptions as ScriptedOptions } from "./lab/receiver-from-words.js";
export type { Arrival, ScriptedReceiver } from "./receivers/scripted-receiver.js";
export type {
  Attempt,
  AttemptOutcome,
  AttemptResponse,
  CallbackRequest,
  FailureReason,
  Header,
} from "./sender/attempt.js";
export type { CallbackUrl } from "./sender/callback-url.js";
export type { Network } from "./sender/open-connection.js";
export type { Resolve, Route } from "./sender/resolver.js";
export type { Delivery, DeliveryEvent } from "./sender/delivery.js";
export type { AttemptOptions, Job, Sender, SenderOptions } from "./sender/sender.js";
