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

const challenge = (words: string, status = 403): Given => page(status, `<p>${words}</p>`);

describe("a bot wall is seen", () => {
  test.each(["cf-mitigated", "x-amzn-waf-action", "x-sucuri-block", "x-dd-b"])("by the header %s alone", (name) => {
    expect(causeIdOf(jsonAnswer(200, {}, { [name]: "1" }))).toBe("bot-wall");
  });

  test.each([
    "Just a moment...",
    "Attention Required! | Cloudflare",
    "used Cloudflare to restrict access",
    '<div id="cf-chl-widget">',
    "Pardon Our Interruption",
    "errors.edgesuite.net",
    "Solve this captcha",
  ])("by %s on a page that refuses, and by nothing else that says so", (words) => {
    for (const status of [403, 429, 503]) expect(causeIdOf(challenge(words, status))).toBe("bot-wall");
    expect(causeIdOf(challenge(words, 200))).not.toBe("bot-wall");
    expect(causeIdOf(textAnswer(403, words))).not.toBe("bot-wall");
  });

  test("by a code of Cloudflare's, where it is all that there is", () => {
    expect(causeIdOf(textAnswer(403, " error code: 1015 \n"))).toBe("bot-wall");
    for (const other of ["error code: 1033", "an error code: 1010", "error code: 1010 it was", "error code: 10101"]) {
      expect(causeIdOf(textAnswer(403, other))).not.toBe("bot-wall");
    }
  });
});

describe("the gate of a preview deployment is seen", () => {
  test.each([
    "Vercel Authentication",
    "https://vercel.com/sso-api",
    "Deployment Protection",
    "Password protected site",
  ])("by %s on a page", (words) => {
    for (const status of [401, 403]) expect(causeIdOf(challenge(words, status))).toBe("preview-gate");
    expect(causeIdOf(challenge(words, 404))).not.toBe("preview-gate");
    expect(causeIdOf(textAnswer(401, words))).not.toBe("preview-gate");
  });

  test("by its cookie where it refuses or redirects", () => {
    const cookie = { "Set-Cookie": "_vercel_sso_nonce=x" };
    for (const status of [401, 403, 302, 303, 307, 308]) {
      expect(causeIdOf({ status, headers: cookie })).toBe("preview-gate");
    }
    expect(causeIdOf({ status: 200, headers: cookie })).toBeNull();
  });

  test("by where it leads", () => {
    const to = (Location: string): Given => ({ status: 307, headers: { Location } });
    expect(causeIdOf(to("https://vercel.com/sso/access"))).toBe("preview-gate");
    expect(causeIdOf(to("https://vercel.com/docs"))).toBe("host-redirect");
    expect(causeIdOf(to("https://example.com/sso/access"))).toBe("login-redirect");
  });
});

describe("CSRF protection is seen", () => {
  test.each([
    "csrf token",
    "XSRF_cookie",
    "csrf header",
    "csrf-check",
    "csrf verification",
    "csrf validation",
    "csrf protection",
    "csrf failed",
    "csrf attack",
    "csrf mismatch",
    "csrf error",
    "csrfToken",
    "badcsrf",
    "<title>419 Page Expired",
    "invalid xsrf",
    "missing_csrf",
    "bad csrf",
    "EBADCSRFTOKEN",
    "cross-site request forgery",
    "cross site request forgery",
    "Invalid authenticity token",
    "InvalidAuthenticityToken",
    "The change you wanted was rejected",
  ])("by %s in a refusal", (words) => {
    for (const status of [400, 403, 419, 422]) expect(causeIdOf(textAnswer(status, words))).toBe("csrf-refusal");
    expect(causeIdOf(textAnswer(200, words))).toBeNull();
  });

  test("not by the tokens of a page's forms", () => {
    expect(causeIdOf(page(403, "the cs<meta>rf token"))).toBe("csrf-refusal");
    const tags = '<meta name="csrf-token" content="x"><input name="csrf_token"><script src="csrf-token.js"></script>';
    expect(causeIdOf(page(403, `${tags}<p>unknown session</p>`))).toBeNull();
  });
});

test.each([502, 504, 520, 527])("%i is a proxy's", (status) => {
  expect(causeIdOf({ status })).toBe("proxy-error");
});

test.each([500, 501, 505, 519, 528])("%i is a receiver's own, whatever it says", (status) => {
  expect(causeIdOf({ status })).toBeNull();
  expect(causeIdOf(textAnswer(status, "Backend fetch failed"))).toBeNull();
});

describe("a login page is seen", () => {
  test.each([
    "<input name=p type = 'password'>",
    '<div class="kc-form-login">',
    '<div id="okta-signin-widget">',
    '<div id="auth0-lock-container">',
    '<input id="id_userLoginId">',
    '<form id="user_login_form">',
    '<form method="post" action="/log-in">',
    "<form action='/app/signin'>",
    '<form action = "/app/login">',
    '<form action="/sso?x=1">',
    "<title>My App | Sign-in</title>",
    "<title>Login</title>",
  ])("by %s", (markup) => {
    for (const status of [200, 401, 403]) expect(causeIdOf(page(status, markup))).toBe("login-page");
    for (const status of [400, 500]) expect(causeIdOf(page(status, markup))).not.toBe("login-page");
    expect(causeIdOf(textAnswer(200, markup))).toBeNull();
  });

  test.each(['<input type="text" name="password">', '<form action="/loginfo">', "<title>Logging insights</title>"])(
    "not by %s",
    (markup) => expect(causeIdOf(page(200, markup))).toBe("html-with-200"),
  );
});
