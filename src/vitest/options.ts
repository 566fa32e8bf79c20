import type { HeadersGiven } from "../lab/play-scenario.js";
import type { Method } from "../contract/contract.js";
import type { Level } from "../runner/check.js";
import type { KnownFailure } from "../runner/known-failures.js";
import type { SelectionOptions } from "../runner/selection.js";

/** The receiver: an app of this process, or a URL. */
export type ConformanceTarget =
  | {
      /**
       * A Fastify, Express, Koa, Hono, NestJS, h3, … app, a `(request, response)` listener, a `(Request) => Response` handler, or a
       * function that makes one, served on loopback while the tests run; what a function made is closed afterwards. Or the
       * path of a module as `repro --app` takes it (or its `file:` URL), which is loaded into a thread of its own. @default none: the receiver is the one at `url`
       */
      readonly app: object | string;
      /** Path of the callback within the app. @default "/webhook" */
      readonly path?: string;
      readonly url?: never;
      readonly local?: never;
    }
  | {
      /**
       * The callback URL of a receiver that runs, or what tells it once a `beforeAll` has started one.
       * @default none: the receiver is `app`
       */
      readonly url: string | URL | (() => string | URL | Promise<string | URL>);
      /**
       * The receiver is not at its production address: the rules on callback URLs do not apply.
       * @default true at a loopback address, else false
       */
      readonly local?: boolean;
      readonly app?: never;
      readonly path?: never;
    };

/** What `conformance` is asked to test, and how. Filters are globs over ids, as for `run`; `list` shows them all. */
export type ConformanceOptions = ConformanceTarget &
  SelectionOptions & {
    /** Title of the `describe`. @default "webhook conformance" */
    readonly title?: string;
    /** Only these levels; others are not registered. @default all three */
    readonly levels?: readonly Level[];
    /**
     * The levels that turn a test red: this one and those above it. What fails below it is reported as skipped, with
     * what failed. @default "required"
     */
    readonly failOn?: Level;
    /** Failures that are accepted for now: reported as skipped, and red once they pass. @default none */
    readonly knownFailures?: readonly KnownFailure[];
    /** Headers configured with the webhook. @default none */
    readonly headers?: HeadersGiven;
    /** Names of the headers that are credentials, the others being no secrets; `none` for none. @default all of them */
    readonly credentialHeaders?: readonly string[];
    /** Names of parameters of the URL's query whose values are secrets. @default none */
    readonly credentialQuery?: readonly string[];
    /** The callback that it is about: `batch`, `document` or `signed`. @default "batch" */
    readonly contract?: string;
    /** What requests are signed with, for `signed`. @default none */
    readonly secret?: string;
    /** The method that the webhook is registered with. @default "POST" */
    readonly method?: Method;
    /**
     * Tells how often a session was really processed, or a document of it where the contract has documents.
     * @default what a module that is given by its path exports so; else not seen, and checks that need it are skipped
     */
    readonly processed?: (sessionId: string, documentId: string) => number | Promise<number>;
    /** Milliseconds to wait for an effect, at most. @default 30000 */
    readonly settleMs?: number;
    /** Sessions that the receiver knows, each used once. @default invented ones */
    readonly sessionIds?: readonly string[];
    /** Requests a second, at most. @default no ceiling */
    readonly maxRate?: number;
    /** More certificate authorities to trust at an https URL, PEM. @default none */
    readonly ca?: readonly string[];
    /** What random input is made from; a failure tells it. @default a fresh one */
    readonly seed?: string;
    /** Milliseconds for one check. @default 300000, since a receiver that hangs takes several deadlines */
    readonly timeoutMs?: number;
  };
