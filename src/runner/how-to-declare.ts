import type { Capability } from "./check.js";

interface Declaration {
  /** What it is, and which options declare it. */
  readonly is: string;
  /** Why a check that needs it cannot be made, and what to pass. */
  readonly missing: string;
}

/** How each capability is declared, for `explain` and for the reports of what was not observable. */
export const howToDeclare: Readonly<Record<Capability, Declaration>> = {
  credentials: {
    is: "the headers configured with the webhook, given with -H 'Name: value'",
    missing: "no credentials are configured; pass the webhook's headers with -H 'Name: value'",
  },
  "url-secret": {
    is: "a secret in the query of the callback URL, declared with --credential-query NAME",
    missing: "no secret in the URL's query is declared; where there is one, name its parameter with --credential-query",
  },
  secret: {
    is: "the secret that requests are signed with, given with --secret '${NAME}'",
    missing: "no secret is known that requests are signed with; pass it with --secret '${NAME}'",
  },
  effects: {
    is: "a way to ask how often a session was processed: --probe-url 'https://…/{sessionId}', --probe-command '… {sessionId}', or the log of --results-api",
    missing:
      "nothing tells how often a session was processed; pass --probe-url or --probe-command, or point the receiver at --results-api",
  },
  "elapsed-time": {
    is: "time that passes for the receiver too: --advance-command 'cmd {seconds}', which moves whatever it keeps time by, or --real-time",
    missing:
      "a remote clock does not move when the waits between attempts are skipped; pass --advance-command with what moves it, or run with --real-time",
  },
  instances: {
    is: "the replicas behind the callback URL, each given with --instance URL, and effects that are counted over all of them",
    missing:
      "which replicas stand behind the callback URL is not known, and a retry may come to any of them; pass each with --instance URL",
  },
  "results-api": {
    is: "the harness's own results API, started with --results-api [HOST:]PORT and --results-token, which the receiver is configured to fetch from",
    missing:
      "the receiver is not pointed at a results API of the harness; pass --results-api and --results-token, and configure the receiver to fetch from there",
  },
};
