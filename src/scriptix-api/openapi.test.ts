import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { format } from "oxfmt";
import { expect, test } from "vitest";
import { documentedCallback } from "../sender/callback.js";
import { parseCallbackUrl } from "../sender/callback-url.js";
import { batch } from "../contract/batch.js";
import { endpoints } from "./endpoints.js";
import { openApiDocument } from "./openapi.js";
import { form, postJson, resultsPath, sessionPath, start, token } from "./scriptix-api.test.kit.js";
import { batchResults } from "../contract/batch.js";
import { document as documentContract } from "../contract/document.js";
import { signed } from "../contract/signed.js";

interface Answer {
  readonly $ref?: string;
  readonly content: Record<string, { readonly schema: object }>;
}

interface Operation {
  readonly responses: Record<string, Answer>;
  readonly requestBody: { readonly content: Record<string, { readonly schema: object }> };
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly responses: Record<string, Answer> };
  readonly webhooks: Record<
    "sessionCompleted" | "documentChanged" | "transcriptionEnded",
    { readonly post: Operation }
  >;
}

const document = openApiDocument(batch) as unknown as Document;
const ajv = new Ajv2020({ strict: false, allErrors: true }).addSchema(document, "openapi.json");

function errorsAgainst(schema: object, value: unknown): unknown {
  const reference = (schema as { $ref?: string }).$ref;
  const validate = ajv.compile(reference === undefined ? schema : { $ref: `openapi.json${reference}` });
  return validate(value) ? [] : validate.errors;
}

/** `npm run docs` writes the file anew. */
test("is what fixtures/scriptix-openapi.json holds", async () => {
  const style = JSON.parse(readFileSync(new URL("../../.oxfmtrc.json", import.meta.url), "utf8")) as {
    printWidth: number;
  };
  const { code } = await format("openapi.json", JSON.stringify(document), { printWidth: style.printWidth });

  await expect(code).toMatchFileSnapshot("../../fixtures/scriptix-openapi.json");
});

test("is served", async () => {
  const { call } = await start();

  expect((await call("/openapi.json")).json).toEqual(document);
});

test("describes every answer as it is given", async () => {
  const { api, call, session } = await start();
  api.register("s1", token);
  const sessionId = await session();
  const owner = { headers: { Authorization: token } };
  const stranger = { headers: { Authorization: "another-token" } };
  const post = { method: "POST" };
  const withToken = { method: "POST", ...owner };
  const remove = { method: "DELETE", ...owner };
  const state = `${sessionPath}/{sessionId}`;
  const canonical = batchResults.path;
  const oldest = "/api/v2/speech-to-text/session/{sessionId}";
  const stt = "/api/v3/stt";
  const customer = "/customer/{customer}/webhooks";
  const webhooks = `/_mock${customer}`;
  const documents = "/_mock/session/{sessionId}/documents";
  const calls: [template: string, path: string, options: Parameters<typeof call>[1], status: number][] = [
    [sessionPath, sessionPath, postJson({ language: "x" }), 200],
    [sessionPath, sessionPath, postJson({}), 422],
    [sessionPath, sessionPath, post, 401],
    [state, `${sessionPath}/s1`, owner, 200],
    [state, `${sessionPath}/s1`, stranger, 403],
    [state, `${sessionPath}/s2`, owner, 404],
    [`${state}/result`, `${sessionPath}/s1/result`, owner, 200],
    [canonical, resultsPath("s1"), owner, 200],
    [oldest, oldest.replace("{sessionId}", "s1"), owner, 200],
    [canonical, resultsPath(sessionId), owner, 409],
    [canonical, `${resultsPath("s1")}?page=0`, owner, 422],
    ["/_mock/session/{sessionId}/complete", `/_mock/session/${sessionId}/complete`, withToken, 200],
    ["/_mock/session/{sessionId}/complete", `/_mock/session/${sessionId}/complete`, post, 401],
    ["/_mock/session/{sessionId}/fail", `/_mock/session/${sessionId}/fail`, withToken, 409],
    ["/_mock/faults", "/_mock/faults", postJson({ kind: "unavailable" }), 201],
    [canonical, resultsPath("s1"), owner, 503],
    ["/_mock/faults/{faultId}", "/_mock/faults/fault-1", remove, 200],
    ["/_mock/faults/{faultId}", "/_mock/faults/fault-1", remove, 404],
    ["/_mock/faults", "/_mock/faults", remove, 200],
    [state, `${sessionPath}/s1`, { ...owner, ...remove }, 200],
    [stt, stt, { ...withToken, ...form({ language: "en" }) }, 200],
    [stt, stt, postJson({}), 415],
    [webhooks, `/_mock/customer/c1/webhooks`, postJson({ url: "nowhere" }), 422],
    [`/api/v3/admin${customer}`, "/api/v3/admin/customer/c1/webhooks", owner, 200],
    [`/api/v3/admin${customer}/{webhook}`, "/api/v3/admin/customer/c1/webhooks/webhook-1", owner, 404],
    [documents, "/_mock/session/s3/documents", withToken, 201],
    [`${documents}/{documentId}`, "/_mock/session/s3/documents/d1", { method: "PUT", ...owner }, 404],
    [`${documents}/{documentId}`, "/_mock/session/s3/documents/d1", remove, 404],
    ["/_mock/log", "/_mock/log", {}, 200],
    ["/openapi.json", "/openapi.json", {}, 200],
  ];
  const described = new Set<string>();

  for (const [template, path, options, status] of calls) {
    const method = (options?.method ?? "GET").toLowerCase();
    const answer = await call(path, options);
    const told = document.paths[template]?.[method]?.responses[answer.status];
    const shared = told?.$ref === `#/components/responses/${status}` ? document.components.responses[status] : told;
    const schema = shared?.content["application/json"]?.schema;

    expect([path, answer.status]).toEqual([path, status]);
    expect([path, schema && errorsAgainst(schema, answer.json)]).toEqual([path, []]);
    described.add(`${method} ${template}`);
  }
  const all = endpoints.map(({ method, path }) => `${method.toLowerCase()} ${path}`);
  expect(described).toEqual(new Set(all));
});

test.each([
  ["sessionCompleted", batch],
  ["documentChanged", documentContract],
  ["transcriptionEnded", signed],
] as const)("describes the callback %s as the sender sends it", (name, contract) => {
  const { post } = document.webhooks[name];
  const url = parseCallbackUrl("https://hooks.customer.com/");
  const { method, headers, body } = documentedCallback(contract, url, [], "s1", { at: 0, secret: "s3cret" });
  const names = headers.map(([name]) => name);

  expect(method).toBe("POST");
  const schema = post.requestBody.content[contract.request.contentType]?.schema;
  expect(schema && errorsAgainst(schema, JSON.parse(body.toString()))).toEqual([]);
  for (const parameter of post.parameters) expect(names).toContain(parameter.name);
});
