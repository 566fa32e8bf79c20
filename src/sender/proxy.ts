import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { UsageError } from "../errors.js";
import { parsedUrl } from "../parsed-url.js";

/** An HTTP proxy that the user named; the environment's proxy variables are ignored (decision `wire`). */
export interface Proxy {
  readonly hostname: string;
  readonly port: number;
  readonly secure: boolean;
  /** Value of `Proxy-Authorization`; a secret. */
  readonly authorization: string | null;
}

/** @throws UsageError `ERR_PROXY` unless it is an absolute http(s) URL; the message holds no part of it. */
export function parseProxy(text: string): Proxy {
  const url = parsedUrl(text);
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new UsageError("ERR_PROXY", "--proxy: expected an http:// or https:// URL, got something else");
  }
  const secure = url.protocol === "https:";
  return {
    hostname: url.hostname.replaceAll(/[[\]]/g, ""),
    port: url.port === "" ? (secure ? 443 : 80) : Number(url.port),
    secure,
    authorization: basicAuthorization(url),
  };
}

function basicAuthorization({ username, password }: URL): string | null {
  if (username === "" && password === "") return null;
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(credentials).toString("base64")}`;
  } catch {
    throw new UsageError("ERR_PROXY", "--proxy: expected percent-encoded credentials, got a stray % in them");
  }
}

export interface Tunnel {
  /** Where it leads to. */
  readonly hostname: string;
  readonly port: number;
  /** Whom to trust as a proxy that speaks TLS. */
  readonly trust: { readonly secureContext?: SecureContext };
  /** Gets what to destroy to give up, before anything else happens. */
  readonly started: (underway: { destroy(): unknown }) => void;
}

/** Opens a tunnel with CONNECT (RFC 9110 §9.3.6). Rejects with a code that begins with `PROXY_`. */
export function openTunnel(proxy: Proxy, { hostname, port, trust, started }: Tunnel): Promise<Socket> {
  const authority = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
  return new Promise((opened, failed) => {
    const send = proxy.secure ? httpsRequest : httpRequest;
    const request = send({
      host: proxy.hostname,
      port: proxy.port,
      method: "CONNECT",
      path: authority,
      // Node would take the name in the Host header, which is the target's.
      servername: isIP(proxy.hostname) === 0 ? proxy.hostname : "",
      agent: false,
      headers: {
        host: authority,
        ...(proxy.authorization !== null && { "proxy-authorization": proxy.authorization }),
      },
      ...trust,
    });
    started(request);
    request.on("error", (error: NodeJS.ErrnoException) => {
      failed(proxyError(error.code ?? "UNKNOWN", "the proxy could not be used"));
    });
    request.once("connect", ({ statusCode = 0 }, socket, head) => {
      if (statusCode >= 200 && statusCode <= 299) {
        socket.unshift(head);
        opened(socket);
      } else {
        socket.destroy();
        failed(proxyError(String(statusCode), `the proxy answered ${statusCode} to CONNECT`));
      }
    });
    request.end();
  });
}

function proxyError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code: `PROXY_${code}` });
}
