/** What the documented error shape says beside status and message. */
export interface ErrorDetails {
  /** The member, parameter or header that is at fault. */
  readonly field: string;
  readonly issue: string;
}

/** Statuses of errors; 405, 413 and 414 are not among the documented ones, and come from HTTP. */
const messages = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Request too large",
  414: "URI too long",
  415: "Unsupported media type",
  422: "Validation failed",
  429: "Too many requests",
  500: "Internal server error",
  503: "Service unavailable",
} as const;

export type ErrorStatus = keyof typeof messages;

/** A request that the API refuses, or work that it cannot do. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: ErrorStatus;
  readonly details: ErrorDetails;
  /** Headers that the answer needs, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: ErrorStatus, details: ErrorDetails, headers: Readonly<Record<string, string>> = {}) {
    super(`${messages[status]}: ${details.field}: ${details.issue}`);
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}

/** The documented error shape. */
export function errorBody({ status, details }: ApiError) {
  return { error: { code: status, message: messages[status], details } };
}

/** The parts of Fastify's errors, and of Ajv's within them, that tell what is wrong. */
interface FrameworkError extends Error {
  readonly statusCode?: number;
  readonly code?: string;
  readonly validation?: readonly {
    readonly instancePath: string;
    readonly message?: string;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
}

/** Null for what is no fault of the request's. */
export function asApiError(error: FrameworkError): ApiError | null {
  if (error instanceof ApiError) return error;
  const [invalid] = error.validation ?? [];
  if (invalid !== undefined) {
    const missing = invalid.params["missingProperty"];
    if (typeof missing === "string") return new ApiError(422, { field: missing, issue: "is required" });
    const unknown = invalid.params["additionalProperty"];
    if (typeof unknown === "string") return new ApiError(422, { field: unknown, issue: "is not known" });
    const allowed = invalid.params["allowedValues"];
    const choice = Array.isArray(allowed) ? `: ${allowed.join(", ")}` : "";
    const field = invalid.instancePath.slice(1).replaceAll("/", ".") || "body";
    return new ApiError(422, { field, issue: `${invalid.message ?? "is not valid"}${choice}` });
  }
  switch (error.statusCode) {
    case 400:
      return error.code === "FST_ERR_BAD_URL"
        ? new ApiError(400, { field: "path", issue: "is not percent-encoded as it should be" })
        : new ApiError(400, { field: "body", issue: "expected JSON" });
    case 413:
      return new ApiError(413, { field: "body", issue: "is too large" });
    case 414:
      return new ApiError(414, { field: "path", issue: "is too long" });
    case 415:
      return new ApiError(415, { field: "Content-Type", issue: "expected application/json" });
    default:
      return null;
  }
}
