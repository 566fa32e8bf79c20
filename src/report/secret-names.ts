/** Names that say that what stands under them is a secret, as people spell them. */
const secretNames =
  /(^|[_.-])((access|auth|api|client|app|shared|private|session|bearer|refresh|id|security|hook|webhook|user|my)[_.-]?)*(tokens?|key|secrets?|sig|signature|hmac|digest|pass|passwords?|passwd|passphrase|passcode|pwd|pin|auth|authorization|code|otp|jwt|sas|credentials?|creds)$/i;

/** Whether a name says that its value is a secret: `api_key`, `authToken`, `DB_PASSWORD`. */
export const namesASecret = (name: string): boolean => secretNames.test(inSnakeCase(name));

/** `authToken` as `auth_Token`. */
const inSnakeCase = (name: string): string => name.replaceAll(/([a-z\d])([A-Z])/g, "$1_$2");
