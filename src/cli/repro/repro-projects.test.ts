import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCli, type Ended } from "../cli.test.kit.js";

/** A project of a user's; the command is run elsewhere. */
let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "project-"));
});
afterEach(() => rm(project, { recursive: true, force: true }));

const repro = (file: string, ...args: readonly string[]): Promise<Ended> =>
  startCli(["repro", "pass", "--app", join(project, file), ...args]).ended;

const probe = ["--probe-url", "/processed/{sessionId}"];
const processedOnce = { code: 0, stdout: expect.stringContaining("effects: processed once\n") as string };

const modules = fileURLToPath(new URL("../../../node_modules/", import.meta.url));

async function install(...packages: readonly string[]): Promise<void> {
  for (const each of packages) {
    const [name = "", real = name] = each.split("=");
    await mkdir(dirname(join(project, "node_modules", name)), { recursive: true });
    await symlink(join(modules, real), join(project, "node_modules", name));
  }
}

async function write(files: Readonly<Record<string, string | object>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(project, name)), { recursive: true });
    await writeFile(join(project, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}

const nest = (suffix: string): Readonly<Record<string, string>> => ({
  "src/jobs/jobs.service.ts": `
    import { Injectable } from "@nestjs/common";
    @Injectable()
    export class JobsService {
      readonly #counts = new Map<string, number>();
      process(id: string): void { if (this.count(id) === 0) this.#counts.set(id, 1); }
      count(id: string): number { return this.#counts.get(id) ?? 0; }
    }`,
  "src/hook.controller.ts": `
    import { Body, Controller, Get, HttpCode, Param, Post } from "@nestjs/common";
    import { JobsService } from "@jobs/jobs.service${suffix}";
    @Controller()
    export class HookController {
      constructor(private readonly jobs: JobsService) {}
      @Post("webhook") @HttpCode(202)
      hook(@Body() body: { sessionId: string }): void { this.jobs.process(body.sessionId); }
      @Get("processed/:id")
      processed(@Param("id") id: string): number { return this.jobs.count(id); }
    }`,
  "src/app.module.ts": `
    import { Module } from "@nestjs/common";
    import { HookController } from "./hook.controller${suffix}";
    import { JobsService } from "@jobs/jobs.service${suffix}";
    @Module({ controllers: [HookController], providers: [JobsService] })
    export class AppModule {}`,
  "src/main.ts": `
    import { NestFactory } from "@nestjs/core";
    import { AppModule } from "./app.module${suffix}";
    async function bootstrap(): Promise<void> {
      const app = await NestFactory.create(AppModule, { logger: false });
      await app.listen(3000);
    }
    void bootstrap();`,
  "src/instance.ts": `
    import { NestFactory } from "@nestjs/core";
    import { AppModule } from "./app.module${suffix}";
    export const app = NestFactory.create(AppModule, { logger: false });`,
  "src/factory.ts": `
    import { NestFactory } from "@nestjs/core";
    import { AppModule } from "./app.module${suffix}";
    export default async () => NestFactory.create(AppModule, { logger: false });`,
  "src/forgotten.ts": `export { AppModule } from "./app.module${suffix}";
    import { AppModule } from "./app.module${suffix}";
    export default AppModule;`,
});

const compilerOptions = { target: "es2023", strict: true, paths: { "@jobs/*": ["./src/jobs/*"] } };
const nestPackages = [
  "@nestjs/common",
  "@nestjs/core",
  "@nestjs/platform-express",
  "reflect-metadata",
  "rxjs",
  "typescript=typescript-5",
];

describe("a NestJS app in TypeScript, whose constructors are given what their types say", () => {
  const commonJs = async (): Promise<void> => {
    await install(...nestPackages, "tsx");
    await write({
      ...nest(""),
      "package.json": { private: true },
      "tsconfig.base.json": { compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true } },
      "tsconfig.json": {
        extends: "./tsconfig.base.json",
        compilerOptions: { ...compilerOptions, module: "commonjs", moduleResolution: "node10" },
      },
    });
  };

  test.each(["main", "instance", "factory"])("as CommonJS, started by its %s.ts", async (name) => {
    await commonJs();
    expect(await repro(`src/${name}.ts`, ...probe)).toMatchObject(processedOnce);
  });

  test("as ECMAScript modules", async () => {
    await install(...nestPackages);
    await write({
      ...nest(".js"),
      "package.json": { private: true, type: "module" },
      "tsconfig.json": {
        compilerOptions: {
          ...compilerOptions,
          module: "nodenext",
          experimentalDecorators: true,
          emitDecoratorMetadata: true,
        },
      },
    });
    expect(await repro("src/main.ts", ...probe)).toMatchObject(processedOnce);
  });

  test("is told what to export where it exports its module alone", async () => {
    await commonJs();
    const { code, stderr } = await repro("src/forgotten.ts");
    expect(stderr).toMatch(
      /it exports the class AppModule as default, AppModule: export what NestFactory\.create\(AppModule\) makes instead$/m,
    );
    expect(code).toBe(2);
  });

  test("is told what it lacks where its compiler cannot be called", async () => {
    await install("tsx", "typescript");
    await write({
      "package.json": { private: true },
      "tsconfig.json": { compilerOptions: { emitDecoratorMetadata: true } },
      "main.ts": "export {};",
    });
    const { code, stderr } = await repro("main.ts");
    expect(stderr).toMatch(
      /expected typescript 5 or 6 among the packages of the app's project, since .*tsconfig\.json says emitDecoratorMetadata/,
    );
    expect(code).toBe(2);
  });
});

describe("an app in TypeScript", () => {
  const files = {
    "package.json": { private: true, type: "module" },
    "src/jobs/answer.ts": `export enum Answer { text = "from afar" }`,
    "src/app.ts": `
      import { Answer } from "@jobs/answer";
      import type { ServerResponse } from "node:http";
      const logged = (_: object, name: string, property: PropertyDescriptor): void => void (property.value = () => [name, Answer.text].join(" "));
      class Receiver {
        @logged answer(): string { return ""; }
      }
      export default (request: object, response: ServerResponse): void => void response.end(new Receiver().answer());`,
    "tsconfig.json": `{
      // what it says holds from any working directory
      "compilerOptions": { "experimentalDecorators": true, "module": "esnext", "moduleResolution": "bundler", "paths": { "@jobs/*": ["./src/jobs/*"] } }
    }`,
  };

  test.each([
    ["tsx", "tsx"],
    ["its own compiler", "typescript=typescript-5"],
  ])("is loaded with %s by its own tsconfig", async (_, loader) => {
    await install(loader);
    await write(files);
    expect((await repro("src/app.ts")).stdout).toContain("came back: 200 OK answer from afar");
  });

  test("that is none is told where", async () => {
    await install("typescript=typescript-5");
    await write({ "package.json": {}, "app.ts": "export const one = 1;\nexport const two = = 2;" });
    const { code, stderr } = await repro("app.ts");
    expect(stderr).toMatch(/it threw SyntaxError: Expression expected\. \(.*app\.ts:2\)/);
    expect(code).toBe(2);
  });

  test("tells the line of its source where it throws", async () => {
    await install("typescript=typescript-5");
    await write({
      "package.json": {},
      "app.ts": "interface Wide {\n  a: 1;\n  b: 2;\n}\nthrow new Error(`no ${0 as unknown as Wide}`);",
    });
    expect((await repro("app.ts")).stderr).toContain("it threw Error: no 0 (app.ts:5)");
  });
});

test("h3 of version 1 is served by the package beside the app", async () => {
  await install("h3=h3-v1");
  await write({
    "app.mjs": `
      import { createApp, eventHandler } from "h3";
      export const app = createApp().use("/webhook", eventHandler(() => "h3"));`,
    "handler.mjs": `import { eventHandler } from "h3"; export default eventHandler(() => "alone");`,
  });
  expect((await repro("app.mjs")).stdout).toContain("came back: 200 OK h3");
  expect((await repro("handler.mjs")).stdout).toContain("came back: 200 OK alone");
});
