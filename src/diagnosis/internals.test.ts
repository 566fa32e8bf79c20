import { expect, test } from "vitest";
import { internalsIn } from "./internals.js";

test.each([
  ["a JavaScript stack trace", "TypeError: x is undefined\n    ", "at handler (/app/dist/server.js:12:34", ")"],
  ["a JavaScript stack trace", "Error: no\n    ", "at async file:///srv/app/index.mjs:3:15", ""],
  [
    "a JavaScript stack trace",
    "<pre>Error<br> &nbsp; &nbsp;",
    "at Layer.handle [as handle_request] (C:\\app\\router.js:95:5",
    ")</pre>",
  ],
  ["a Python traceback", "", "Traceback (most recent call last)", ':\n  File "/app/main.py", line 3, in hook'],
  ["a Python traceback", " ", 'File "/app/main.py", line 37', ", in hook"],
  ["a PHP error with its file", "Fatal error: Uncaught Error in /var/www/html/hook", ".php:12", ""],
  ["a PHP error with its file", "Warning: in hook", ".php on line 12", ""],
  ["a Java stack trace", "", "java.lang.NullPointerException", ": null\n\tat com.example.Hook.post(Hook.java:42)"],
  ["a Java stack trace", "com.example.Gone\n\t", "at com.example.Hook$1.post(Hook.java:42)", ""],
  ["a Go stack trace", "", "goroutine 17 [", "running]:\nmain.hook(0x1)\n\t/src/main.go:9 +0x1d"],
  ["a Go stack trace", "main.hook(0x1)\n\tmain", ".go:19 +0x", "1d"],
  ["a .NET stack trace", "   ", "at App.Hook.Post(String id) in C:\\src\\Hook.cs:line 72", ""],
  ["a Ruby backtrace", "app/controllers/hooks_controller", ".rb:17:in `", "create'"],
  ["a local file path", "could not open ", "/var/www/config/settings.yml", " of mine"],
  ["a local file path", "", "/srv/app/settings.yml", ""],
  ["a local file path", "could not open ", String.raw`C:\my app\hook.conf`, ""],
  ["a path into node_modules", "see ", "node_modules/", "express/lib/router"],
])("%s gives internals away", (what, before, shown, behind) => {
  expect(internalsIn(`${before}${shown}${behind}`)).toBe(`${what}: ${shown}`);
});

test.each([
  '{"error":"session not found","path":"/hooks/scriptix"}',
  '{"error":"expected a string at /sessionId"}',
  '{"timestamp":"2025-01-01T00:00:00.000+00:00","status":400,"error":"Bad Request","path":"/app/hook"}',
  "Cannot POST /home/hooks",
  '{"docs":"https://example.com/docs/usr/errors.html"}',
  '{"message":"look at line 3 of the request body"}',
  '{"message":"Unexpected token } in JSON at position 14"}',
  "",
])("an ordinary error answer gives none away: %s", (body) => {
  expect(internalsIn(body)).toBeNull();
});

test("what is quoted is cut", () => {
  const found = internalsIn(`at ${"x".repeat(300)} (/app/server.js:1:1)`);
  expect(found).toBe(`a JavaScript stack trace: at ${"x".repeat(117)}…`);
});
