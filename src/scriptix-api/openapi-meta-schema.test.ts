import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { scriptixContract } from "../contract/contract.js";
import { openApiDocument } from "./openapi.js";

test("is a valid OpenAPI 3.1 document", async () => {
  const validator = new Validator();

  const { valid, errors } = await validator.validate(structuredClone(openApiDocument(scriptixContract)));

  expect([errors, valid]).toEqual([undefined, true]);
  expect(validator.version).toBe("3.1");
});
