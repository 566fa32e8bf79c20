import { expect, test } from "vitest";
import { namesASecret } from "./secret-names.js";

test.each(
  "authtoken apitoken clientsecret pass passphrase sig signature hmac X-Amz-Credential X-Amz-Signature key api_key apiKey access-token code jwt pwd DB_PASSWORD sharedAccessKey client_secret AccessToken hook.secret".split(
    " ",
  ),
)("%s is the name of a secret", (name) => {
  expect(namesASecret(name)).toBe(true);
});

test.each(
  "status session id page format keyword compass monkey signal language passed token_count author bypass".split(" "),
)("%s is not", (name) => {
  expect(namesASecret(name)).toBe(false);
});
