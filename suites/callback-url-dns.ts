import { notApplicable, notObservable, type Check, type Skip } from "../src/runner/check.js";
import type { CheckContext } from "../src/runner/check-context.js";

const onceInProduction = { sessions: 0, builds: "nothing", productionOnly: true } as const;

export const dnsChecks: readonly Check[] = [
  {
    ...onceInProduction,
    id: "callback-url/resolves-in-dns",
    title: "resolves in DNS",
    level: "required",
    clause: "url/externally-reachable",
    explain: {
      sends: "A DNS query for the host name.",
      expects: "At least one A or AAAA record.",
      why: "Without an address no callback can be sent; every attempt fails until the sender gives up.",
      fix: "Add an A, AAAA or CNAME record for the name to its public zone, and look for typing errors in the URL.",
    },
    async run(context) {
      const name = publicNameOf(context);
      if (typeof name !== "string") return name;
      const found = await context.network.resolve();
      switch (found.kind) {
        case "resolved":
          return;
        case "no-answer":
          return noAnswer(found.code);
        case "no-address":
          context.mismatch("an A or AAAA record", `none (${found.code})`, name);
      }
    },
  },
  {
    ...onceInProduction,
    id: "callback-url/resolves-to-public-addresses",
    title: "resolves to public addresses only",
    level: "required",
    clause: "url/externally-reachable",
    explain: {
      sends: "A DNS query for the host name.",
      expects:
        "Every address is globally reachable by IANA's special-purpose address registries, and none is multicast.",
      why: "The sender picks any of the addresses; a private one among them fails, or reaches a stranger's machine.",
      fix: "Remove private, loopback and link-local addresses from the public zone; keep them in an internal one.",
    },
    async run(context) {
      const name = publicNameOf(context);
      if (typeof name !== "string") return name;
      const found = await context.network.resolve();
      if (found.kind === "no-answer") return noAnswer(found.code);
      if (found.kind === "no-address") return notApplicable("the name has no address, which resolves-in-dns judges");
      for (const address of found.addresses) {
        const judged = context.reachability(address);
        if (!judged.reachable) context.mismatch("a globally reachable address", `${address} (${judged.why})`, name);
      }
    },
  },
  {
    ...onceInProduction,
    id: "callback-url/accepts-connections-on-every-address",
    title: "accepts connections on every address",
    level: "recommended",
    clause: "endpoint/online",
    explain: {
      sends: "One TCP connection to each address of the host, closed again at once.",
      expects: "Each is accepted.",
      why: "The sender may pick any of the addresses; one that is dead loses or delays a share of the callbacks.",
      fix: "Listen on IPv6 too, or take its AAAA record away; remove addresses of servers that are gone; check firewalls.",
    },
    async run(context) {
      const { network, url } = context;
      const found = await network.resolve();
      if (found.kind === "no-answer") return noAnswer(found.code);
      if (found.kind === "no-address") return notApplicable("the name has no address, which resolves-in-dns judges");
      const results = await Promise.all(
        found.addresses.map(async (address) => ({ address, result: await network.connect(address) })),
      );
      const unseen: string[] = [];
      let failed = false;
      for (const { address, result } of results) {
        switch (result.kind) {
          case "connected":
            if (!result.to.includes(address)) context.note(`the connection to ${address} was made to ${result.to}`);
            break;
          case "no-route":
            unseen.push(`${address} (${result.code})`);
            break;
          case "failed":
            failed = true;
            context.mismatch(`a connection to port ${url.port}`, result.message, `address ${address}`);
        }
      }
      if (unseen.length === 0) return;
      const reason = `no route from this machine to ${unseen.join(", ")}`;
      if (!failed) return notObservable(`${reason}; run from a network that has one, with IPv6 for instance`);
      context.note(reason);
    },
  },
];

/** The name to look up, or why the public DNS has no say: the host is refused already, and fails that check alone. */
function publicNameOf({ host }: CheckContext): string | Skip {
  switch (host.kind) {
    case "ip-address":
      return notApplicable("the host is an IP address, which needs no DNS");
    case "localhost":
      return notApplicable("the host is localhost, which is not looked up in the public DNS");
    case "internal":
      return notApplicable("the host is an internal name, which is not looked up in the public DNS");
    case "public-name":
      return host.name;
  }
}

function noAnswer(code: string): Skip {
  return notObservable(`the resolver did not answer (${code}); run again where DNS works`);
}
