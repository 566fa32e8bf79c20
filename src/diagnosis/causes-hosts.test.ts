import { describe, expect, test } from "vitest";
import { answered, causeIdOf, isWall, jsonAnswer, page, textAnswer, type Given } from "./answer.test.kit.js";
import { causeOf } from "./causes.js";

describe("a list of addresses is told of", () => {
  test.each([
    "IP address 203.0.113.9 is not allowed",
    "client-ip not permitted",
    "clientIP is not permitted",
    "client: 10.0.0.1 is not permitted",
    "remote address 10.0.0.1 isn't authorised",
    "source 2001:db8::1 is not authorized",
    "Your IP is not whitelisted",
    "your ip, so sorry, is not white-listed",
    "client 10.0.0.1, which nobody knows, is not allowlisted",
    "this IP, 10.0.0.1, is not allow-listed",
    "IP not on the list",
  ])("where a 403 says %j", (said) => {
    expect(causeOf(answered(textAnswer(403, said)))).toMatchObject({ id: "address-not-allowed", mayBeRight: true });
    expect(causeIdOf(textAnswer(400, said))).toBeNull();
  });

  test.each([
    "Your IP is fine. It is not allowed",
    `IP ${"x".repeat(80)} not allowed`,
    "10.0.0.1 is not allowed",
    "The client is not authorized to access this resource",
    "a remote user is not permitted to do this",
    "this source, a webhook, is not allowed",
    "a remote bad deed is not allowed",
  ])("not where it says %j", (said) => expect(causeIdOf(textAnswer(403, said))).toBeNull());
});

/** As they answer when the name is not on their list. */
const refusals: Record<string, Given> = {
  "Rails 7": page(
    403,
    '<!DOCTYPE html><html><head><title>Action Controller: Exception caught</title></head><body><header role="banner"><h1>Blocked hosts: hooks.example.com</h1></header></body></html>',
  ),
  "Rails 6, to an API client": textAnswer(
    403,
    "Blocked host: hooks.example.com\nTo allow requests to hooks.example.com, add the following to your environment configuration:",
  ),
  Vite: textAnswer(
    403,
    'Blocked request. This host ("hooks.example.com") is not allowed.\nTo allow this host, add "hooks.example.com" to `server.allowedHosts` in vite.config.js.',
  ),
  "webpack-dev-server 4, which says so with 200": page(200, "Invalid Host header"),
  "webpack-dev-server 5": page(403, "Invalid Host header"),
  Starlette: textAnswer(400, "Invalid host header"),
  Sinatra: textAnswer(403, "Host not permitted"),
  "Django's debug page": page(
    400,
    '<!DOCTYPE html><html><head><title>DisallowedHost at /hook</title></head><body><pre class="exception_value">Invalid HTTP_HOST header: &#x27;hooks.example.com&#x27;. You may need to add &#x27;hooks.example.com&#x27; to ALLOWED_HOSTS.</pre></body></html>',
  ),
  Werkzeug: page(
    400,
    "<!doctype html>\n<html lang=en>\n<title>400 Bad Request</title>\n<h1>Bad Request</h1>\n<p>Host &#39;hooks.example.com&#39; is not trusted.</p>\n",
  ),
  Symfony: page(400, '<!DOCTYPE html><html><body><h1>Untrusted Host "hooks.example.com".</h1></body></html>'),
  Angular: textAnswer(400, 'Header "host" with value "hooks.example.com" is not allowed.'),
  "a gateway of one's own": jsonAnswer(421, { message: "the host hooks.example.com is not authorized here" }),
  "Rails 6, which was asked by another name": textAnswer(403, "Blocked host: 10.0.0.7"),
  "webpack-dev-server, with lines around it": textAnswer(403, "\nInvalid Host header\n"),
  "HTTP.sys": page(400, "<HTML><HEAD><TITLE>Bad Request-Invalid Host name</TITLE></HEAD></HTML>"),
  "a name at the beginning": textAnswer(403, "hooks.example.com is no host that is recognised: not allowed"),
  "British spelling": textAnswer(403, "the host hooks.example.com is not recognised"),
  "a reason some words behind the name": textAnswer(
    403,
    `Your host hooks.example.com, ${"by which you asked, ".repeat(2)}is here not trusted`,
  ),
  "ASP.NET Core": page(
    400,
    "<!DOCTYPE HTML><HTML><HEAD><TITLE>Bad Request</TITLE></HEAD><BODY><h2>Bad Request - Invalid Hostname</h2><hr><p>HTTP Error 400. The request hostname is invalid.</p></BODY></HTML>",
  ),
};

describe("a list of host names:", () => {
  test.each(Object.entries(refusals))("%s", (_name, given) => {
    expect(causeOf(answered(given))).toMatchObject({ id: "host-not-allowed", wall: "rule" });
  });

  test("it is said which name was refused", () => {
    const cause = causeOf(answered(textAnswer(400, "Invalid host header")));
    expect(cause?.says).toBe("the framework refused the host name hooks.example.com, which is not on its list");
  });

  test.each(
    Object.entries<Given>({
      "a receiver that does not know the customer's host": jsonAnswer(403, { error: "host customer is blocked" }),
      "a receiver that names its own address in another matter": jsonAnswer(400, {
        host: "hooks.example.com",
        error: "unknown session",
      }),
      "a receiver that is not allowed something else": jsonAnswer(403, {
        error: "this key is not allowed to write",
        docs: `https://hooks.example.com/docs ${"x".repeat(200)} of our hosts`,
      }),
      "a 500 with these words": textAnswer(500, "Host hooks.example.com is not trusted."),
      "a body that quotes the words": jsonAnswer(400, { error: "bad input", seen: "Invalid host header" }),
      "words before it": textAnswer(400, "It says: Invalid host header"),
      "words behind it": textAnswer(400, "Invalid host header was sent"),
      "a receiver that names the header it misses": textAnswer(400, "Invalid header: X-Api-Key"),
    }),
  )("no list: %s", (_name, given) => {
    expect(causeIdOf(given)).not.toBe("host-not-allowed");
    expect(isWall(given)).toBe(false);
  });
});

test("421 says that what answers does not answer for this name", () => {
  const cause = causeOf(answered(textAnswer(421, "Misdirected Request")));
  expect(cause).toMatchObject({ id: "misdirected", wall: "rule" });
  expect(cause?.says).toContain("hooks.example.com");
});

test("Django without its debug page says nothing but 400, and mostly means the host", () => {
  const bare = page(
    400,
    '\n<!doctype html>\n<html lang="en">\n<head>\n  <title>Bad Request (400)</title>\n</head>\n<body>\n  <h1>Bad Request (400)</h1><p></p>\n</body>\n</html>\n',
  );
  expect(causeIdOf(bare)).toBe("django-bare-400");
  // A broken request may be suspicious for what is broken.
  expect(causeOf(answered(bare), true)).toBeNull();
  expect(causeIdOf(page(400, "<h1>Bad Request</h1>"))).toBeNull();
  expect(causeIdOf(page(403, bare.body ?? ""))).toBeNull();
  expect(causeIdOf(page(400, "<title>\n Bad Request (400)\n </title>"))).toBe("django-bare-400");
});

describe("a tunnel", () => {
  const offline = page(404, "<!DOCTYPE html><p>The endpoint a.ngrok-free.app is offline.</p>", {
    "ngrok-error-code": "ERR_NGROK_3200",
  });

  test("that answers itself is named, with its code", () => {
    const cause = causeOf(answered(offline));
    expect(cause).toMatchObject({ id: "tunnel-error", noRoute: true });
    expect(cause?.says).toContain("(ERR_NGROK_3200)");
    expect(causeOf(answered(textAnswer(530, "error code: 1033")))).toMatchObject({
      id: "tunnel-error",
      says: "the tunnel answered, and not the receiver behind it",
    });
    expect(causeIdOf(textAnswer(503, "503 - Tunnel Unavailable"))).toBe("tunnel-error");
    expect(causeIdOf(textAnswer(400, " 503 - Tunnel Unavailable"))).toBe("tunnel-error");
  });

  test.each([
    textAnswer(503, "error code: 1033"),
    textAnswer(530, "error code: 1016"),
    textAnswer(200, "503 - Tunnel Unavailable"),
    textAnswer(503, "It was a 503 - Tunnel Unavailable"),
  ])("is not seen in %j", (given) => expect(causeIdOf(given)).not.toBe("tunnel-error"));

  test("through which the receiver's own answer came is not", () => {
    expect(causeIdOf(jsonAnswer(503, { error: "busy" }, { "ngrok-trace-id": "a1" }))).toBeNull();
    expect(causeIdOf(textAnswer(403, "error code: 1020"))).toBe("bot-wall");
  });
});
