import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import "reflect-metadata";
import { Controller, Get, Module, type INestApplication } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import express from "express";
import Fastify from "fastify";
import { H3 } from "h3";
import { createApp, createRouter, eventHandler, toNodeListener } from "h3-v1";
import { Hono } from "hono";
// @ts-expect-error -- comes without types
import Koa from "koa";
import KoaRouter from "@koa/router";
// @ts-expect-error -- comes without types
import polka from "polka";
import { afterEach, describe, expect, test } from "vitest";
import { appOfModule } from "./app-module.js";
import { requestListenerOf } from "./request-listener.js";

let server: Server | undefined;
const misused = (error: Error): never => {
  throw error;
};
afterEach(() => server?.close());

/** What the app answers to GET /. */
async function answerOf(exported: unknown, path = "/"): Promise<string> {
  server = createServer(await requestListenerOf(exported, misused)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    headers: { connection: "close" },
  });
  return `${response.status} ${await response.text()}`;
}

interface Answering {
  send(text: string): void;
  end(text: string): void;
}

const koa = (): object => new Koa().use((context: { body: string }) => void (context.body = "koa")) as object;
const expressApp = (): unknown => express().get("/", (_: unknown, response: Answering) => response.send("express"));
const fastify = (): unknown => {
  const app = Fastify();
  app.get("/", async () => "fastify");
  return app;
};
/** What decorators make of a class, without the syntax. */
class NestController {
  answer(): string {
    return "nest";
  }
}
class NestModule {
  readonly name = "nest";
}
class Receiver {
  readonly port = 1;
}
Controller()(NestController);
const answer = Object.getOwnPropertyDescriptor(NestController.prototype, "answer");
Get()(NestController.prototype, "answer", answer as PropertyDescriptor);
Module({ controllers: [NestController] })(NestModule);
const nest = (): Promise<INestApplication> => NestFactory.create(NestModule, { logger: false });
const hono = (): Hono => new Hono().get("/", (context) => context.text("hono"));
const listener = (_: unknown, response: { end(text: string): void }): void => response.end("listener");
const handler = (request: Request): Response => new Response(new URL(request.url).pathname);

describe("each kind of app", () => {
  test.each([
    ["a Fastify instance", fastify(), "200 fastify"],
    ["an Express app", expressApp(), "200 express"],
    [
      "an Express router",
      express.Router().get("/", (_: unknown, response: Answering) => response.end("router")),
      "200 router",
    ],
    ["a Koa app", koa(), "200 koa"],
    ["a Hono app", hono(), "200 hono"],
    ["a NestJS app, in time", nest(), "200 nest"],
    ["a function that makes a NestJS app", nest, "200 nest"],
    ["an h3 app", new H3().get("/", () => "h3"), "200 h3"],
    ["a listener of h3's", toNodeListener(createApp().use(eventHandler(() => "h3"))), "200 h3"],
    ["a Polka app", polka().get("/", (_: unknown, response: Answering) => response.end("polka")), "200 polka"],
    ["an object with a server, as of restify", { server: createServer(listener as never) }, "200 listener"],
    [
      "an object with a listener that is initialized, as of hapi",
      { initialize: async () => {}, listener: createServer(listener as never) },
      "200 listener",
    ],
    [
      "an object of a class with fetch",
      new (class {
        fetch = handler;
      })(),
      "200 /",
    ],
    ["an object with fetch", { fetch: handler }, "200 /"],
    ["an http.Server", createServer(listener as never), "200 listener"],
    ["an https.Server", createSecureServer(listener as never), "200 listener"],
    ["a listener", listener, "200 listener"],
    ["a handler of requests", handler, "200 /"],
    ["a handler that ignores the request", () => new Response("ignored"), "200 ignored"],
    ["a function that makes an app", koa, "200 koa"],
    ["a function that makes a Fastify instance in time", async () => fastify(), "200 fastify"],
    [
      "a function of options that makes an app, taken for a handler",
      ({ logger = false }) => (logger ? null : expressApp()),
      "200 express",
    ],
    ["a function of options that makes one in time", async ({ logger = false }) => (logger ? null : koa()), "200 koa"],
  ])("%s", async (_, exported, answer) => {
    expect(await answerOf(exported)).toBe(answer);
  });

  test("h3 of version 1 is not served by another one", async () => {
    for (const app of [createApp(), createRouter(), eventHandler(() => "h3")]) {
      await expect(requestListenerOf(app, misused)).rejects.toThrow(
        /^expected the package h3 of version 1, .*: export toNodeListener\(app\)/,
      );
    }
  });

  test("is told of once a handler returns no Response, and answers nothing then", async () => {
    const errors: Error[] = [];
    const listening = await requestListenerOf(
      ({ method }: Request) => ({ statusCode: method === "GET" ? 200 : 405 }),
      (error) => errors.push(error),
    );
    server = createServer(listening).listen(0, "127.0.0.1");
    await once(server, "listening");
    await expect(fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)).rejects.toThrow("fetch failed");
    expect(errors).toMatchObject([
      { code: "ERR_APP", message: "expected the app to return a Response, got an object with statusCode" },
    ]);
  });

  test("answers what middleware hands on", async () => {
    expect(await answerOf(express.Router(), "/nowhere")).toBe("404 ");
  });

  test("stays the same app from one request to the next", async () => {
    let made = 0;
    const make = ({ step = 1 }): unknown => {
      made += step;
      return koa();
    };
    const listening = await requestListenerOf(make, misused);
    for (let count = 0; count < 3; count += 1) {
      expect(await answerOf(listening)).toBe("200 koa");
      server?.close();
    }
    expect(made).toBe(1);
  });

  test.each([
    [undefined, "undefined"],
    [5, "5"],
    ["app", 'the string "app"'],
    [{ port: 1 }, "an object with port"],
    [() => {}, "a function"],
    [{}, "an empty object"],
    [Receiver, "the class Receiver: export an instance of it, as new Receiver\\(\\) makes instead"],
    [NestModule, "the class NestModule: export what NestFactory.create\\(NestModule\\) makes instead"],
    [
      async (fastify: object, options: object) => void [fastify, options],
      "a function: export a Fastify app that registers it instead",
    ],
    [(ctx: object, next: object) => void [ctx, next], "a function: export an app that uses it instead"],
    [new KoaRouter(), "an object with .*: export a Koa app that uses its routes\\(\\) instead"],
    [
      async (event: object, context: object) => [event, context],
      "a function: export a listener \\(req, res\\) or a handler \\(Request\\) => Response that calls it instead",
    ],
  ])("%s is none", async (exported, got) => {
    await expect(requestListenerOf(exported, misused)).rejects.toMatchObject({
      code: "ERR_APP",
      message: expect.stringMatching(new RegExp(`^expected a Fastify, .*, got ${got}$`)),
    });
  });
});

describe("a module", () => {
  test.each([
    ["default", { default: listener }],
    ["app", { app: koa() }],
    ["handler", { handler }],
    ["server", { server: createServer() }],
    ["listener", { listener }],
    [
      "fetch, whatever it takes beside the request",
      { fetch: (request: Request, bindings: unknown) => [handler(request), bindings] },
    ],
    ["createApp", { createApp: koa }],
    ["buildApp, which takes options", { buildApp: ({ logger = false }) => ({ logger, fetch: handler }) }],
    ["buildServer", { buildServer: async () => fastify() }],
    ["module.exports", { default: expressApp(), "module.exports": {} }],
    ["a name in module.exports", { default: { app: koa(), processed: () => 1 } }],
    ["exports.default of what was transpiled", { default: { __esModule: true, default: listener } }],
    ["app, beside a default that is none", { default: { port: 1 }, app: koa() }],
  ])("exports it as %s", async (_, namespace) => {
    expect((await appOfModule(namespace)).app.kind).toMatch(/^(server|listener|fetch)$/);
  });

  test("tells how often a session was processed", async () => {
    const processed = (): number => 3;
    expect((await appOfModule({ default: listener, processed })).processed).toBe(processed);
    expect((await appOfModule({ default: { app: koa(), processed } })).processed).toBe(processed);
    expect((await appOfModule({ default: Object.assign(() => new Response(), { processed }) })).processed).toBe(
      processed,
    );
    expect((await appOfModule({ default: listener })).processed).toBeNull();
  });
});
