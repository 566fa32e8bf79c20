import { expect, test } from "vitest";
import { errorShape, sessionPath, start } from "./scriptix-api.test.kit.js";

const resolving = (...addresses: string[]) => ({ local: false, network: { resolve: async () => addresses } });
const failing = (code: string) => ({
  local: false,
  network: {
    resolve: async () => {
      throw Object.assign(new Error("no"), { code });
    },
  },
});
const publicly = resolving("8.8.8.8");

test.each([
  ["plain HTTP", "http://hooks.customer.com/", publicly, "begins with https://, got http://"],
  ["another scheme", "ftp://hooks.customer.com/", publicly, "absolute https:// or http:// URL"],
  ["no URL", "hooks.customer.com", publicly, "absolute https:// or http:// URL"],
  ["localhost", "https://localhost/hook", publicly, "the sender's own machine"],
  ["a name under .localhost", "https://a.localhost/hook", publicly, "the sender's own machine"],
  ["a name under .localdomain", "https://a.localdomain/hook", publicly, "the sender's own machine"],
  ["an IPv4 address", "https://8.8.8.8/hook", publicly, "the IP address 8.8.8.8"],
  ["an IPv4 address in hex", "https://0x7f.1/hook", publicly, "the IP address 0x7f.1"],
  ["an IPv4 address as a number", "https://2130706433/hook", publicly, "the IP address 2130706433"],
  ["an IPv6 address", "https://[2001:4860:4860::8888]/hook", publicly, "the IP address [2001:4860:4860::8888]"],
  ["a single label", "https://intranet/hook", publicly, "the internal name intranet"],
  ["a private suffix", "https://hooks.corp.internal/hook", publicly, "the internal name hooks.corp.internal"],
  ["a name without an address", "https://hooks.customer.com/", failing("ENOTFOUND"), "does not resolve (ENOTFOUND)"],
  ["a name with no address at all", "https://hooks.customer.com/", resolving(), "does not resolve"],
  [
    "one private address of two",
    "https://hooks.customer.com/",
    resolving("8.8.8.8", "10.0.0.1"),
    "resolves to 10.0.0.1",
  ],
])("refuses a webhook URL with %s", async (_what, webhook_url, options, issue) => {
  const { post } = await start(options);

  const { status, json } = await post(sessionPath, { language: "x", webhook_url });

  expect([status, json]).toEqual([422, errorShape(422, "webhook_url", expect.stringContaining(issue))]);
});

test("accepts a public https URL", async () => {
  const { post } = await start(publicly);

  const { status } = await post(sessionPath, { language: "x", webhook_url: "https://hooks.customer.com:8443/a?b" });

  expect(status).toBe(200);
});

test("accepts localhost over plain HTTP where the rules are lifted, but nothing that is no http URL", async () => {
  const { post } = await start({ local: true });
  const webhook = (webhook_url: string) => post(sessionPath, { language: "x", webhook_url });

  expect(await webhook("http://localhost:3000/hook")).toMatchObject({ status: 200 });
  expect(await webhook("localhost:3000/hook")).toMatchObject({ status: 422, json: errorShape(422, "webhook_url") });
});

test("leaves names to the proxy where there is one", async () => {
  const proxy = { href: "http://127.0.0.1:1" } as never;
  const { post } = await start({ local: false, network: { proxy, resolve: () => Promise.reject(new Error("asked")) } });

  expect(await post(sessionPath, { language: "x", webhook_url: "https://hooks.customer.com/" })).toMatchObject({
    status: 200,
  });
});
