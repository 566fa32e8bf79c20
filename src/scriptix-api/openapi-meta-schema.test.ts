import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { batch } from "../contract/batch.js";
import { openApiDocument } from "./openapi.js";

test("is a valid OpenAPI 3.1 document", async () => {
  const validator = new Validator();

  const { valid, errors } = await validator.validate(structuredClone(openApiDocument(batch)));

  expect([errors, valid]).toEqual([undefined, true]);
  expect(validator.version).toBe("3.1");
});
