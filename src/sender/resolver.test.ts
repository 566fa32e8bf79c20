import { describe, expect, it, test } from "vitest";
import { directRoute, parseConnectTo, systemResolve } from "./resolver.js";

describe("--connect-to", () => {
  test.each([
    ["hooks.example.com:443:127.0.0.1:8443", "hooks.example.com", 443, { host: "127.0.0.1", port: 8443 }],
    ["HOOKS.example.com:443:127.0.0.1:8443", "hooks.example.com", 443, { host: "127.0.0.1", port: 8443 }],
    ["bücher.de:443:127.0.0.1:8443", "xn--bcher-kva.de", 443, { host: "127.0.0.1", port: 8443 }],
    ["::127.0.0.1:8443", "anything.example.com", 1234, { host: "127.0.0.1", port: 8443 }],
    ["hooks.example.com::127.0.0.1:", "hooks.example.com", 1234, { host: "127.0.0.1", port: 1234 }],
    [":443::8443", "hooks.example.com", 443, { host: "hooks.example.com", port: 8443 }],
    ["hooks.example.com:443:[::1]:8443", "hooks.example.com", 443, { host: "::1", port: 8443 }],
    ["[2001:DB8::1]:443:[::1]:8443", "2001:db8::1", 443, { host: "::1", port: 8443 }],
    ["hooks.example.com:443:staging.lan:8443", "hooks.example.com", 443, { host: "staging.lan", port: 8443 }],
    [":1::65535", "hooks.example.com", 1, { host: "hooks.example.com", port: 65_535 }],
    [":::", "hooks.example.com", 443, { host: "hooks.example.com", port: 443 }],
  ])("%s sends a connection to %s:%i to %o", (spec, host, port, to) => {
    expect(parseConnectTo([spec])(host, port)).toEqual(to);
  });

  it("leaves other hosts and ports alone", () => {
    const route = parseConnectTo(["hooks.example.com:443:127.0.0.1:8443"]);
    expect(route("other.example.com", 443)).toEqual({ host: "other.example.com", port: 443 });
    expect(route("hooks.example.com", 80)).toEqual({ host: "hooks.example.com", port: 80 });
  });

  it("goes by the first rule that matches", () => {
    const route = parseConnectTo(["hooks.example.com:443:127.0.0.1:1", ":443:127.0.0.1:2", "::127.0.0.1:3"]);
    expect(route("hooks.example.com", 443).port).toBe(1);
    expect(route("other.example.com", 443).port).toBe(2);
    expect(route("other.example.com", 80).port).toBe(3);
  });

  test.each([
    ["hooks.example.com:443:127.0.0.1", "HOST1:PORT1:HOST2:PORT2"],
    ["hooks.example.com:443:127.0.0.1:8443x", "HOST1:PORT1:HOST2:PORT2"],
    ["hooks.example.com:https:127.0.0.1:8443", "HOST1:PORT1:HOST2:PORT2"],
    ["2001:db8::1:443:127.0.0.1:8443", "HOST1:PORT1:HOST2:PORT2"],
    ["hooks.example.com:443:127.0.0.1:99999", "ports from 1 to 65535"],
    ["hooks.example.com:0:127.0.0.1:8443", "ports from 1 to 65535"],
    ["a b:443:127.0.0.1:8443", "a host name or address"],
    ["[::g]:443:127.0.0.1:8443", "a host name or address"],
    ["", "HOST1:PORT1:HOST2:PORT2"],
  ])("refuses %j with one sentence", (spec, expected) => {
    expect(() => parseConnectTo([":::", spec])).toThrow(
      expect.objectContaining({
        code: "ERR_CONNECT_TO",
        message: expect.stringContaining(`--connect-to: expected ${expected}`),
      }),
    );
  });
});

it("goes straight where no rule was given", () => {
  expect(directRoute("hooks.example.com", 443)).toEqual({ host: "hooks.example.com", port: 443 });
});

test.each(["127.0.0.1", "::1"])("the system's resolver takes %s for its own address", async (literal) => {
  await expect(systemResolve(literal)).resolves.toEqual([literal]);
});
