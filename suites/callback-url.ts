import { notApplicable, type Check, type Suite } from "../src/runner/check.js";
import { dnsChecks } from "./callback-url-dns.js";
import { tlsChecks } from "./callback-url-tls.js";

const theUrl = "the callback URL";
const publicName = "Give the endpoint a public DNS name and use that name in the callback URL.";

const rule = { sessions: 0, builds: "nothing", productionOnly: true } as const;

const urlRules: readonly Check[] = [
  {
    ...rule,
    id: "callback-url/uses-https",
    title: "uses HTTPS",
    level: "required",
    clause: "url/https",
    explain: {
      sends: "Nothing: the scheme of the URL is read.",
      expects: "The callback URL begins with https://.",
      why: "A callback carries your API keys in its headers; over plain HTTP anyone on the way can read them.",
      fix: "Serve the endpoint over TLS, at a load balancer or hosting platform for instance, and configure its https:// URL.",
    },
    async run(context) {
      const { scheme } = context.contract.callbackUrl;
      const got = context.url.scheme;
      if (got !== scheme) context.mismatch(`a URL that begins with ${scheme}//`, `${got}//`, theUrl);
    },
  },
  {
    ...rule,
    id: "callback-url/is-not-localhost",
    title: "is not localhost",
    level: "required",
    clause: "url/externally-reachable",
    explain: {
      sends: "Nothing: the host name of the URL is read.",
      expects: "The host is not localhost, nor a name under .localhost or .localdomain.",
      why: "Those names mean the machine that resolves them: the sender would call itself.",
      fix: `${publicName} To test on your own machine, run with --local.`,
    },
    async run(context) {
      const { host } = context;
      if (host.kind === "ip-address") return judgedAsAddress;
      if (host.kind === "localhost") {
        context.mismatch("a public DNS name", `${context.url.hostname}, which means this machine`, theUrl);
      }
    },
  },
  {
    ...rule,
    id: "callback-url/is-not-an-internal-domain",
    title: "is not an internal domain",
    level: "required",
    clause: "url/externally-reachable",
    explain: {
      sends: "Nothing: the host name of the URL is read.",
      expects: "The host has a domain, and not one that exists in private networks alone, such as .internal or .local.",
      why: "The sender is outside of your network, where such a name means nothing.",
      fix: `${publicName} To test inside your network, run with --local.`,
    },
    async run(context) {
      const { host } = context;
      if (host.kind === "ip-address") return judgedAsAddress;
      if (host.kind === "localhost") return notApplicable("the host is localhost, which is-not-localhost judges");
      if (host.kind !== "internal") return;
      const what = host.because === "suffix" ? `under .${host.suffix}, a private suffix` : "a name without a domain";
      context.mismatch("a public DNS name", `${context.url.hostname}, ${what}`, theUrl);
    },
  },
  {
    ...rule,
    id: "callback-url/is-not-an-ip-address",
    title: "is not an IP address",
    level: "required",
    clause: "url/externally-reachable",
    explain: {
      sends: "Nothing: the host of the URL is read, as a URL parser does.",
      expects: "The host is a name: no IPv4 or IPv6 address in any spelling (0x7f.1, 2130706433, [::ffff:10.0.0.1]).",
      why: "The documentation rules addresses out: they move, and public certificates are rarely issued for them.",
      fix: publicName,
    },
    async run(context) {
      const { host } = context;
      if (host.kind !== "ip-address") return;
      const same = host.written === host.address || host.written === `[${host.address}]`;
      const shown = same ? host.address : `${host.written}, which is the address ${host.address}`;
      context.mismatch("a DNS name", shown, theUrl);
    },
  },
];

const judgedAsAddress = notApplicable("the host is an IP address, which is-not-an-ip-address judges");

export const callbackUrl: Suite = {
  id: "callback-url",
  title: "The callback URL, its name and its TLS are fit for a sender outside",
  checks: [...urlRules, ...dnsChecks, ...tlsChecks],
};
