import { describe, expect, it } from "vitest";
import { plainText } from "./plain-text.js";

describe("the plain text of an answer", () => {
  it.each([
    ["has no tags", "in <b>/var/www/hooks.php</b> on line <b>14</b>", "in /var/www/hooks.php on line 14"],
    [
      "has its entities put back",
      "File &quot;/srv/app.py&quot;, it&#39;s &#x3c;here&gt;",
      'File "/srv/app.py", it\'s <here>',
    ],
    ["has the slashes of JSON put back", String.raw`{"file":"\/var\/www\/a.php"}`, '{"file":"/var/www/a.php"}'],
    ["keeps an entity that is none", "&nothing; &#9999999;", "&nothing; &#9999999;"],
    ["keeps what looks like nothing special", "a < b && c", "a < b && c"],
  ])("%s", (_what, body, text) => {
    expect(plainText(body)).toBe(text);
  });
});
