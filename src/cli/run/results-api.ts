import type { ResultsApi } from "../../runner/results-api.js";
import type { ScriptixApi } from "../../scriptix-api/scriptix-api.js";
import { listenError } from "../listen-error.js";

export interface ResultsApiSettings {
  readonly host: string;
  readonly port: number;
  /** Of the receiver: the owner of every session. */
  readonly token: string;
}

export interface RunningResultsApi {
  readonly api: ResultsApi;
  /** Where it listens. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

/**
 * Starts the mock Scriptix API for a run.
 * @throws UsageError `ERR_LISTEN` for an address where it cannot listen.
 */
export async function startResultsApi({ host, port, token }: ResultsApiSettings): Promise<RunningResultsApi> {
  const { createScriptixApi } = await import("../../scriptix-api/scriptix-api.js");
  // Only the run makes sessions, and it sends their callbacks itself.
  const api = createScriptixApi({ tokens: [token], completeAfterMs: null });
  try {
    const baseUrl = await api.listen({ host, port });
    return { api: resultsApiOf(api, token), baseUrl, close: () => api.close() };
  } catch (error) {
    await api.close();
    throw listenError(error, `--results-api ${host}:${port}`);
  }
}

/**
 * The mock as the runner sees it.
 * @internal
 */
export function resultsApiOf(mock: ScriptixApi, token: string): ResultsApi {
  const registered = new Set<string>();
  const register = (sessionId: string): void => {
    // A second time would forget what was fetched.
    if (registered.has(sessionId)) return;
    registered.add(sessionId);
    mock.register(sessionId, token);
  };
  return {
    register,
    fetches: (sessionId) => mock.fetches(sessionId),
    requests: () => mock.requests,
    fault(sessionId, fault, times) {
      register(sessionId);
      mock.fault({ ...fault, sessionId, ...(times !== undefined && { times }) });
    },
  };
}

/** For a run that is only planned. */
export const unstartedResultsApi: RunningResultsApi = {
  api: { register: () => {}, fetches: () => 0, requests: () => [], fault: () => {} },
  baseUrl: "",
  close: async () => {},
};
