import { describe, expect, test } from "vitest";
import { answered, causeIdOf, jsonAnswer, page, textAnswer, type Given } from "./answer.test.kit.js";
import { causeOf } from "./causes.js";

/** What only a router says: the receiver was never asked. */
const noRoute: Record<string, Given> = {
  Express: page(
    404,
    '<!DOCTYPE html>\n<html lang="en">\n<body>\n<pre>Cannot POST /hooks/scriptix</pre>\n</body>\n</html>\n',
  ),
  NestJS: jsonAnswer(404, { message: "Cannot POST /hooks/scriptix", error: "Not Found", statusCode: 404 }),
  Fastify: jsonAnswer(404, { message: "Route POST:/hooks/scriptix not found", error: "Not Found", statusCode: 404 }),
  "Rails in development": page(404, '<h1>Routing Error</h1><h2>No route matches [POST] "/hooks/scriptix"</h2>'),
  "Django in debug": page(
    404,
    "<title>Page not found at /hooks/scriptix</title><p>Using the URLconf defined in <code>app.urls</code>,</p>",
  ),
  "Laravel as JSON": jsonAnswer(404, { message: "The route hooks/scriptix could not be found." }),
  "Spring 6 as problem details": jsonAnswer(404, {
    title: "Not Found",
    detail: "No static resource hooks/scriptix.",
    status: 404,
  }),
  nginx: page(
    404,
    "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>",
  ),
};

/** Defaults that a handler gives too when it looks up the session in vain: `abort(404)`, `sendStatus(404)`. */
const ambiguous: Record<string, Given> = {
  Flask: page(
    404,
    "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>",
  ),
  Django: page(
    404,
    '<!doctype html>\n<html lang="en">\n<head>\n  <title>Not Found</title>\n</head>\n<body>\n  <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n</body>\n</html>',
  ),
  "FastAPI, Starlette": jsonAnswer(404, { detail: "Not Found" }),
  Rails: page(404, "<title>The page you were looking for doesn't exist (404)</title>"),
  "Spring's Whitelabel page": page(
    404,
    "<html><body><h1>Whitelabel Error Page</h1><p>There was an unexpected error (type=Not Found, status=404).</p></body></html>",
  ),
  Tomcat: page(404, '<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title></head></html>'),
  Laravel: page(404, "<!DOCTYPE html><html><head><title>Not Found</title></head><body>404 | Not Found</body></html>"),
  Go: textAnswer(404, "404 page not found\n"),
  "an ingress": textAnswer(404, "default backend - 404"),
  Hono: textAnswer(404, "404 Not Found"),
  "Next.js": page(404, "<title>404: This page could not be found.</title>"),
  Apache: page(
    404,
    "<title>404 Not Found</title><h1>Not Found</h1><p>The requested URL /hooks/scriptix was not found on this server.</p>",
  ),
  "AWS HTTP API": jsonAnswer(404, { message: "Not Found" }),
  "one with white space": textAnswer(404, ' \n{ "detail" : "Not Found" } \n'),
  "another with white space": textAnswer(404, "\n Not Found \n"),
  "a page with white space in its title": page(404, "<title>\n Page Not Found</title>"),
  "Apache, in a text": textAnswer(404, "The requested URL /hooks/scriptix was not found on this server."),
};

describe("the 404 of", () => {
  test.each(Object.entries(noRoute))("%s says that there is no route", (_name, given) => {
    expect(causeOf(answered(given))).toMatchObject({ id: "framework-404", noRoute: true });
  });

  test.each(Object.entries(ambiguous))("%s is a default page, which a handler may have sent", (_name, given) => {
    const cause = causeOf(answered(given));
    expect(cause).toMatchObject({ id: "default-404" });
    expect(cause?.noRoute).toBeUndefined();
  });

  test("Koa is what a handler that gives no answer ends in, too", () => {
    const cause = causeOf(answered(textAnswer(404, "Not Found")));
    expect(cause).toMatchObject({ id: "bare-404", fix: expect.stringContaining("ctx.status") as string });
    expect(cause?.noRoute).toBeUndefined();
  });

  test("a receiver that does not know the session shows no cause", () => {
    expect(causeIdOf(jsonAnswer(404, { error: "unknown session" }))).toBeNull();
    expect(causeIdOf(textAnswer(404, "session not found"))).toBeNull();
    expect(causeIdOf(jsonAnswer(404, { error: "not_found", message: "No such session" }))).toBeNull();
    expect(causeIdOf({ status: 404 })).toBeNull();
  });

  test.each([
    textAnswer(404, "Not Found: session 12"),
    textAnswer(404, "Session Not Found"),
    textAnswer(404, 'session: {"detail":"Not Found"}'),
    textAnswer(404, '{"detail":"Not Found"} of session 12'),
    textAnswer(400, "Not Found"),
  ])("a receiver that uses the same words is not taken for it: %j", (given) => {
    expect(causeIdOf(given)).toBeNull();
  });
});

test.each([
  [405, "method-not-allowed"],
  [413, "body-limit"],
  [415, "unsupported-media-type"],
  [502, "proxy-error"],
  [504, "proxy-error"],
  [522, "proxy-error"],
])("status %i has its cause, whatever the body", (status, cause) => {
  expect(
    causeIdOf(page(status, "<html><body><center><h1>Oh</h1></center><hr><center>nginx</center></body></html>")),
  ).toBe(cause);
  expect(causeIdOf({ status })).toBe(cause);
});

test.each<[string, Given]>([
  [
    "FastAPI",
    jsonAnswer(422, { detail: [{ type: "missing", loc: ["body", "sessionId"], msg: "Field required", input: null }] }),
  ],
  ["Express", page(500, "<pre>TypeError: Cannot read properties of undefined (reading &#39;sessionId&#39;)</pre>")],
  [
    "Laravel",
    jsonAnswer(422, {
      message: "The sessionId field is required.",
      errors: { sessionId: ["The sessionId field is required."] },
    }),
  ],
  ["Flask", textAnswer(500, "KeyError: 'sessionId'")],
  ["a schema", jsonAnswer(400, { message: "body must be object, got null" })],
])("%s without its body parser is told from a refusal", (_name, given) => {
  expect(causeIdOf(given)).toBe("body-not-parsed");
});

test("API Gateway says of a route that it does not have that a token is missing", () => {
  const given = jsonAnswer(
    403,
    { message: "Missing Authentication Token" },
    { "x-amzn-ErrorType": "MissingAuthenticationTokenException" },
  );
  expect(causeOf(answered(given))).toMatchObject({ id: "gateway-without-route", noRoute: true });
  const says = '{"message":"Missing Authentication Token"}';
  expect(causeIdOf(textAnswer(403, '\n{ "message" : "Missing Authentication Token" }\n'))).toBe(
    "gateway-without-route",
  );
  for (const other of [textAnswer(401, says), textAnswer(403, `[${says}`), textAnswer(403, `${says}]`)]) {
    expect(causeIdOf(other)).not.toBe("gateway-without-route");
  }
  expect(causeIdOf(jsonAnswer(403, { error: "forbidden" }))).toBeNull();
});

describe("a method that is not allowed", () => {
  const refused = { status: 405, headers: { Allow: "GET, put" } } as const;
  const asPut = (given: Given) => ({ ...answered(given), method: "PUT" });

  test("is told with the one that is, where a webhook may be registered with it", () => {
    expect(causeOf(answered(refused))).toMatchObject({
      id: "allows-put",
      says: "the path is there for PUT, and not for POST",
      fix: "If the webhook is registered with webhook_method PUT, pass --method PUT; else accept POST at this path.",
    });
    expect(causeOf(asPut({ status: 405, headers: { Allow: "POST" } }))).toMatchObject({
      id: "allows-post",
      says: "the path is there for POST, and not for PUT",
    });
  });

  test.each([
    ["the one that was sent", asPut(refused)],
    ["another", answered({ status: 405, headers: { Allow: "GET, INPUT" } })],
    ["none", answered({ status: 405 })],
  ])("is told alone where the answer allows %s", (_, answer) => {
    expect(causeOf(answer)?.id).toBe("method-not-allowed");
  });

  test("is no cause where another method was sent on purpose, nor with another status", () => {
    expect(causeOf(answered(refused), true)).toBeNull();
    expect(causeOf(answered({ ...refused, status: 409 }))).toBeNull();
  });
});

test("an ingress without a backend is told by all that it says", () => {
  expect(causeIdOf(textAnswer(404, "default backend - 404 \n"))).toBe("default-404");
  for (const said of ["the default backend - 404", "default backend - 404 it is"]) {
    expect(causeIdOf(textAnswer(404, said))).toBeNull();
  }
});

test("a schema that asks for zoom_id has read the body", () => {
  const refusal = jsonAnswer(400, { message: "body must have required property 'zoom_id'" });
  expect(causeOf(answered(refusal))).toBeNull();
});

test("what was varied is no matter of the body parser", () => {
  const crash = answered(jsonAnswer(500, { message: "Cannot read properties of null (reading 'sessionId')" }));
  expect([causeOf(crash)?.id, causeOf(crash, true)]).toEqual(["body-not-parsed", null]);
});
