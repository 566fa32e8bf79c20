import { describe, expect, test } from "vitest";
import { causeIdOf, isWall, jsonAnswer, page, redirect, textAnswer, type Given } from "./answer.test.kit.js";

/** Answers of receivers themselves. To take one for a wall would turn a right refusal into a failure. */
const innocent: Record<string, Given> = {
  "a JSON 403": jsonAnswer(403, { error: "forbidden" }),
  "an empty 403": { status: 403 },
  "a JSON 401": jsonAnswer(401, { error: "unauthorized", message: "Log in first, or pass the X-Api-Key header" }),
  "a 401 with a challenge": textAnswer(401, "Unauthorized"),
  "a 403 behind DataDome, let through": jsonAnswer(403, { error: "unknown session" }, { "x-datadome": "protected" }),
  "a 403 behind Cloudflare": jsonAnswer(
    403,
    { error: "unknown session" },
    { Server: "cloudflare", "CF-RAY": "8f-AMS" },
  ),
  "a 403 that names a code": textAnswer(403, "error code: 7"),
  "a 403 page of nginx": page(
    403,
    "<head><title>403 Forbidden</title></head><center><h1>403 Forbidden</h1></center><hr><center>nginx</center>",
  ),
  "a 403 page that carries the token of its forms": page(
    403,
    '<html><head><meta name="csrf-param" content="authenticity_token"><meta name="csrf-token" content="abc"><script src="/csrf-token.js"></script></head><p>Unknown session</p></html>',
  ),
  "a 422 about another field": jsonAnswer(422, { errors: { csrf_exempt_reason: ["is too long"] } }),
  "a 422 about the session": jsonAnswer(422, { error: "session is not known" }),
  "a 400 that asks for a header": jsonAnswer(400, { error: "missing X-Signature header" }),
  "a 200 that mentions a password": jsonAnswer(200, {
    ok: true,
    note: "your password expires soon; sign in at /login",
  }),
  "a 200 with a form field in JSON": jsonAnswer(200, { html: '<input type="password">' }),
  "a 409": jsonAnswer(409, { error: "session already processed" }),
  "a 410": jsonAnswer(410, { error: "session expired" }),
  "a 429": jsonAnswer(429, { error: "slow down" }, { "Retry-After": "1" }),
  "a 503": textAnswer(503, "Service Unavailable"),
};

const pages: Record<string, Given> = {
  "a thank-you page": page(
    200,
    "<!doctype html><title>Thanks</title><p>Thank you, we have been logged. Login is not needed.</p>",
  ),
  "Swagger UI": page(
    200,
    '<!DOCTYPE html><html><head><title>Swagger UI</title></head><body><div id="swagger-ui"></div><script src="swagger-ui-bundle.js"></script></body></html>',
  ),
  "ReDoc of an API with a login": page(
    200,
    '<title>ReDoc</title><redoc spec-url="/openapi.json"></redoc><p>POST /login: type: password</p>',
  ),
  "a single-page app": page(
    200,
    '<!doctype html><html><head><title>My App</title></head><body><div id="root"></div></body></html>',
  ),
};

describe("no wall:", () => {
  test.each(Object.entries({ ...innocent, ...pages }))("%s", (_name, given) => {
    expect(isWall(given)).toBe(false);
  });

  test.each([
    "/authors",
    "/catalogue",
    "/loginfo",
    "/designs/1",
    "https://docs.example.com/signals",
    "/assets/accounting",
  ])("a redirect to %s", (location) => {
    expect(isWall(redirect(location))).toBe(false);
  });

  test.each([
    ["https://hooks.example.com/auth/scriptix", "/auth/scriptix/"],
    ["https://hooks.example.com/accounts/login/hook", "https://www.example.com/accounts/login/hook"],
    ["http://login.example.com/hook", "https://login.example.com/hook"],
    ["https://hooks.example.com/oauth/v1/hook", "/oauth/v2/hook"],
    ["https://auth.example.com/v1/hook", "https://auth.example.com/v2/hook"],
    ["https://example.com/v1/hook", "https://auth.example.com/v1/hook"],
    ["https://example.com/hook", "https://myauth.example.com/start"],
    ["https://example.com/hook", "https://www.okta.com.example.com/start"],
  ])("a redirect of %s to %s, whose path says auth or login by itself", (url, location) => {
    expect(isWall(redirect(location, { url }))).toBe(false);
  });
});

test.each(Object.entries(pages))("%s is an HTML page with 200", (_name, given) => {
  expect(causeIdOf(given)).toBe("html-with-200");
});

test("a plain acknowledgement shows no cause", () => {
  expect(causeIdOf(jsonAnswer(200, { received: true }))).toBeNull();
  expect(causeIdOf({ status: 204 })).toBeNull();
});
