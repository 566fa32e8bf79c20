import { describe, expect, test } from "vitest";
import { causeIdOf, isWall, jsonAnswer, page, textAnswer, type Given } from "./answer.test.kit.js";

const csrf: Record<string, Given> = {
  Django: page(
    403,
    "<title>403 Forbidden</title><h1>Forbidden <span>(403)</span></h1><p>CSRF verification failed. Request aborted.</p>",
  ),
  "Django REST framework": jsonAnswer(403, { detail: "CSRF Failed: CSRF cookie not set." }),
  "Flask-WTF": page(
    400,
    "<!doctype html><title>400 Bad Request</title><h1>Bad Request</h1><p>The CSRF token is missing.</p>",
  ),
  Laravel: page(
    419,
    '<!DOCTYPE html><html lang="en"><head><title>Page Expired</title></head><body>419 | Page Expired</body></html>',
  ),
  "Laravel as JSON": jsonAnswer(419, { message: "CSRF token mismatch." }),
  "Rails in development": page(422, "<h1>ActionController::InvalidAuthenticityToken in HooksController#create</h1>"),
  Rails: page(
    422,
    "<title>The change you wanted was rejected (422)</title><p>Maybe you tried to change something you didn't have access to.</p>",
  ),
  "Rails as JSON": jsonAnswer(422, { status: 422, error: "Can't verify CSRF token authenticity." }),
  "Spring Security": jsonAnswer(403, {
    status: 403,
    error: "Forbidden",
    message: "Could not verify the provided CSRF token because your session was not found.",
  }),
  csurf: page(403, "<pre>ForbiddenError: invalid csrf token<br> at csrf</pre>"),
  "csurf as JSON": jsonAnswer(403, { code: "EBADCSRFTOKEN" }),
  Angular: jsonAnswer(403, { error: "Missing XSRF-TOKEN" }),
};

const bots: Record<string, Given> = {
  "Cloudflare, challenging": page(403, "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>", {
    "cf-mitigated": "challenge",
    Server: "cloudflare",
  }),
  "Cloudflare, blocking": page(
    403,
    "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>",
  ),
  "Cloudflare's firewall": page(
    403,
    "<title>Access denied | hooks.example.com used Cloudflare to restrict access</title>",
  ),
  "Cloudflare, to programs": textAnswer(403, "error code: 1010"),
  "AWS WAF": { status: 202, headers: { "x-amzn-waf-action": "challenge" } },
  "Imperva, with 200": page(
    200,
    '<html><iframe src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=1&incident_id=1-2"></iframe></html>',
  ),
  "Imperva, blocking": page(403, "Request unsuccessful. Incapsula incident ID: 1234-5678"),
  Akamai: page(
    403,
    "<H1>Access Denied</H1>Reference&#32;&#35;18&#46;2 <P>https&#58;&#47;&#47;errors.edgesuite.net&#47;18.2</P>",
  ),
  DataDome: jsonAnswer(
    403,
    { url: "https://geo.captcha-delivery.com/captcha/?initialCid=abc" },
    { "x-datadome": "protected" },
  ),
  HUMAN: page(403, '<div id="px-captcha"></div>'),
};

const gates: Record<string, Given> = {
  "Vercel's cookie": page(401, "<!doctype html><title>Authentication Required</title>", {
    "Set-Cookie": "_vercel_sso_nonce=x; Path=/",
  }),
  "Vercel's page": page(401, "<title>Authentication Required</title><p>Vercel Authentication</p>"),
  "Vercel's redirect": {
    status: 302,
    headers: { Location: "https://vercel.com/sso-api?url=https%3A%2F%2Fa.vercel.app&nonce=1" },
  },
};

const logins: Record<string, Given> = {
  "a form with a password": page(
    200,
    '<!doctype html><form action="/in"><input name=user><input type=password name=p></form>',
  ),
  "a form with a password, 401": page(401, '<form><input name="p" type="password"></form>'),
  Keycloak: page(
    200,
    '<title>Sign in to master</title><form id="kc-form-login" action="https://id.example.com/realms/x">',
  ),
  Okta: page(200, '<!DOCTYPE html><html><div id="okta-sign-in"></div></html>'),
  Auth0: page(200, "<title>Log in | My App</title><main class='ulp-outer'></main>"),
  Azure: page(
    200,
    '<!DOCTYPE html><html><head><title>Sign in to your account</title></head><script>$Config={"iHttpErrorStatus":200}</script>',
  ),
  WordPress: page(200, '<form name="loginform" action="https://example.com/wp-login.php" method="post">'),
  Devise: page(200, '<form class="new_user" action="/users/sign_in" method="post">'),
};

describe("what the sender cannot get past", () => {
  test.each(Object.entries(csrf))("CSRF protection of %s", (_name, given) => {
    expect(causeIdOf(given)).toBe("csrf-refusal");
    expect(isWall(given)).toBe(true);
  });

  test.each(Object.entries(bots))("bot wall: %s", (_name, given) => {
    expect(causeIdOf(given)).toBe("bot-wall");
    expect(isWall(given)).toBe(true);
  });

  test.each(Object.entries(gates))("preview gate: %s", (_name, given) => {
    expect(causeIdOf(given)).toBe("preview-gate");
    expect(isWall(given)).toBe(true);
  });

  test.each(Object.entries(logins))("login page: %s", (_name, given) => {
    expect(causeIdOf(given)).toBe("login-page");
    expect(isWall(given)).toBe(true);
  });
});
