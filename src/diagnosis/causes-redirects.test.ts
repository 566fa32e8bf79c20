import { describe, expect, test } from "vitest";
import { causeIdOf, isWall, redirect } from "./answer.test.kit.js";

const to = (location: string, url = "https://hooks.example.com/hooks/scriptix"): string | null =>
  causeIdOf(redirect(location, { url }));

describe("a redirect to a login", () => {
  test.each([
    ["Django", "/accounts/login/?next=/hooks/scriptix"],
    ["Laravel", "https://hooks.example.com/login"],
    ["Devise", "https://hooks.example.com/users/sign_in"],
    ["Rails", "/session/new"],
    ["Rails, plural", "/sessions/new"],
    ["WordPress", "https://hooks.example.com/wp-login.php?redirect_to=x"],
    ["ASP.NET", "/Identity/Account/Login?ReturnUrl=%2Fhooks"],
    ["oauth2-proxy", "/oauth2/start?rd=%2Fhooks%2Fscriptix"],
    ["Azure App Service", "/.auth/login/aad?post_login_redirect_uri=/hooks"],
    ["Keycloak", "https://id.example.com/realms/x/protocol/openid-connect/auth?response_type=code&client_id=app"],
    ["Okta", "https://dev-1.okta.com/app/x/exk/start"],
    ["Auth0", "https://app.eu.auth0.com/u/start?state=abc"],
    ["Entra ID", "https://login.microsoftonline.com/common/reprocess?ctx=1"],
    ["Azure AD", "https://login.windows.net/common/x"],
    ["Google", "https://accounts.google.com/v3/x"],
    ["Cognito", "https://pool.auth.eu-west-1.amazoncognito.com/x?client_id=1"],
    ["Cloudflare Access", "https://team.cloudflareaccess.com/cdn-cgi/access/x"],
    ["SAML", "https://federation.example.com/adfs/ls/?SAMLRequest=abc"],
    ["a login on a host of its own", "https://login.example.com/start"],
    ["an account on one", "https://account.example.com/start"],
    ["a provider's own host", "https://okta.com/start"],
    ["a hyphen", "/log-in"],
    ["one word", "/signin"],
    ["OAuth", "/oauth/start"],
    ["SAML 1", "/saml/start"],
  ])("of %s", (_name, location) => {
    expect(to(location)).toBe("login-redirect");
    expect(isWall(redirect(location))).toBe(true);
  });

  test("is told apart from the redirect to https even on the same host", () => {
    expect(to("https://hooks.example.com/login", "http://hooks.example.com/hooks/scriptix")).toBe("login-redirect");
  });

  test("is seen where the callback lives beside it", () => {
    expect(to("/auth/login", "https://hooks.example.com/auth/scriptix")).toBe("login-redirect");
  });
});

describe("a redirect of the router's or the proxy's", () => {
  test.each([
    ["adds the trailing slash", "/hooks/scriptix/", "https://hooks.example.com/hooks/scriptix"],
    ["adds it and keeps the query", "/hooks/scriptix/?a=1", "https://hooks.example.com/hooks/scriptix?a=1"],
    ["removes it", "https://hooks.example.com/hooks/scriptix", "https://hooks.example.com/hooks/scriptix/"],
    ["adds it below /accounts/", "/accounts/hook/", "https://hooks.example.com/accounts/hook"],
  ])("that %s", (_name, location, url) => {
    expect(to(location, url)).toBe("trailing-slash-redirect");
  });

  test("to https", () => {
    expect(to("https://hooks.example.com/hooks/scriptix", "http://hooks.example.com/hooks/scriptix")).toBe(
      "http-to-https-redirect",
    );
  });

  test("to https, on a port of its own", () => {
    expect(to("https://hooks.example.com/hooks", "http://hooks.example.com:8080/hooks")).toBe("http-to-https-redirect");
  });

  test("to www", () => {
    expect(to("https://www.example.com/hooks", "https://example.com/hooks")).toBe("host-redirect");
  });

  test.each(["/thanks", "https://www.example.com/thanks"])(
    "with 303, after a POST that was taken, to %s",
    (location) => {
      expect(causeIdOf(redirect(location, { status: 303 }))).toBe("see-other");
    },
  );

  test("to another page of the same host", () => {
    expect(to("/")).toBe("redirect");
    expect(to("http://hooks.example.com/", "http://hooks.example.com/hook")).toBe("redirect");
  });

  test("to https, and to another host", () => {
    expect(to("https://www.example.com/hook", "http://hooks.example.com/hook")).toBe("host-redirect");
  });

  test("of several choices, where it names one; and nowhere where it is none", () => {
    expect(causeIdOf(redirect("/choice", { status: 300 }))).toBe("redirect");
    expect(causeIdOf({ status: 300 })).toBeNull();
    expect(causeIdOf(redirect("/made", { status: 201 }))).toBeNull();
  });

  test("whose Location is missing or no URL", () => {
    expect(causeIdOf({ status: 302 })).toBe("redirect");
    expect(to("https://[not-a-url")).toBe("redirect");
    expect(causeIdOf({ status: 302, url: "http://hooks.example.com/hook" })).toBe("redirect");
  });
});
