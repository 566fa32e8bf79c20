import { openTarget, type OpenTarget } from "../../runner/open-target.js";
import { planRun, type Told } from "../../runner/plan.js";
import { startResultsApi } from "./results-api.js";
import type { RunPlan } from "./run-plan.js";
import { sessionsToldBy } from "../sessions.js";

/** A run that can begin: all that it needs is started; close it. */
export interface Stage {
  readonly target: OpenTarget;
  /** The results API as it listens and as the receiver sees it; null where there is none for the receiver to be told of. */
  readonly resultsApi: { readonly listens: string; readonly url: string } | null;
  close(): Promise<void>;
}

/** Starts what the plan only stands in for. @throws UsageError for what cannot be started. */
export async function stageRun(run: RunPlan, signal: AbortSignal): Promise<Stage> {
  const { told, resultsApi } = await withSessions(run, signal);
  if (told.kind === "embedded") {
    const { startEmbeddedReceiver } = await import("./embedded-receiver.js");
    const receiver = await startEmbeddedReceiver(told.seed, told.contract);
    const { url, ca, resultsApi: api, effects } = receiver;
    return staged({ ...told, url, network: { ca }, resultsApi: api, effects }, null, receiver);
  }
  if (resultsApi === null) return staged(told, null, null);
  const started = await startResultsApi(resultsApi);
  const { api, baseUrl } = started;
  const url = resultsApi.url ?? baseUrl;
  const note = `The receiver is expected to fetch results from ${url}, with the token of --results-token.`;
  const notes = [...(told.notes ?? []), note];
  return staged({ ...told, resultsApi: api, notes }, { listens: baseUrl, url }, started);
}

function staged(told: Told, resultsApi: Stage["resultsApi"], started: Pick<Stage, "close"> | null): Stage {
  const target = openTarget(planRun(told));
  return {
    target,
    resultsApi,
    async close() {
      await target.close();
      await started?.close();
    },
  };
}

/** Asks the command that tells session ids, where there is one that was not asked yet. @throws UsageError */
export async function withSessions(run: RunPlan, signal: AbortSignal): Promise<RunPlan> {
  const command = run.options["session-command"];
  if (command === undefined || run.told.sessions !== undefined) return run;
  return { ...run, told: { ...run.told, sessions: await sessionsToldBy(command, signal) } };
}
