import type { Rule } from "./cause.js";

/** Nothing is registered for the callback, or something in front of it answers in its place. */
export const routes: readonly Rule[] = [
  {
    id: "framework-404",
    noRoute: true,
    shows: ({ status, body }) =>
      status === 404 &&
      /Cannot POST |Route POST:|No route matches|Using the URLconf defined in|The route \S* could not be found|No static resource|<center>nginx/i.test(
        body,
      ),
    says: "the framework's own 404: no route for {method} at this path",
    fix: "Register a {method} route for exactly this path, or correct the callback URL.",
  },
  {
    id: "bare-404",
    shows: ({ status, body }) => status === 404 && body === "Not Found",
    says: "a framework's bare 404: no route for {method} at this path, or a handler that gives no answer of its own (Koa's)",
    fix: "Register a {method} route for exactly this path, or correct the callback URL; where the handler was reached, let it set a status or a body (Koa: ctx.status = 204).",
  },
  {
    id: "default-404",
    // A handler that looks up the session in vain may give the very same.
    shows: ({ status, body }) =>
      status === 404 &&
      /404 page not found|^default backend - 404\s*$|The requested (URL|resource)\b.{0,200} was not found on (the|this) server|<title>\s*(404\b|(Page )?Not Found\b)|(This|The) page (you were looking for|could not)|Whitelabel Error Page|HTTP Status 404|HTTP ERROR 404|NotFoundHttpException|^\s*(404:? )?Not Found\s*$|^\s*\{\s*"(detail|message)"\s*:\s*"Not Found"\s*\}\s*$/i.test(
        body,
      ),
    says: "a framework's default 404: probably no route for {method} at this path",
    fix: "Register a {method} route for exactly this path, or correct the callback URL.",
  },
  {
    id: "gateway-without-route",
    noRoute: true,
    shows: ({ status, body }) =>
      status === 403 && /^\s*\{\s*"message"\s*:\s*"Missing Authentication Token"\s*\}\s*$/.test(body),
    says: "the API gateway has no such route or method, or wants signed requests",
    fix: "Deploy a {method} method for exactly this path, stage included, without IAM authorization.",
  },
  ...(["PUT", "POST"] as const).map((allowed): Rule => {
    const sent = allowed === "PUT" ? "POST" : "PUT";
    return {
      id: `allows-${allowed.toLowerCase()}`,
      documentedOnly: true,
      shows: ({ status, method, header }) =>
        status === 405 && method === sent && new RegExp(`\\b${allowed}\\b`, "i").test(header("allow")),
      says: `the path is there for ${allowed}, and not for {method}`,
      fix: `If the webhook is registered with webhook_method ${allowed}, pass --method ${allowed}; else accept {method} at this path.`,
    };
  }),
  {
    id: "method-not-allowed",
    documentedOnly: true,
    shows: ({ status }) => status === 405,
    says: "the path is there, but not for {method}",
    fix: "Accept {method} at this path.",
  },
];
