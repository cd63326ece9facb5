const SECRET_NAME = /api.?key|token|passw|secret|authoriz|cookie|webhook.?key/i;

function redact(value: unknown, name: string): unknown {
  if (typeof value === "string" && value !== "" && SECRET_NAME.test(name)) return "redacted";
  if (Array.isArray(value)) return value.map((item) => redact(item, name));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redact(item, key)]));
  }
  return value;
}

/**
 * A text in quotes, and the text that is its value. What has no end counts to the end, so that nothing is looked at over and
 * over: anybody may send a body.
 */
const NAMED_TEXT =
  /"([^"\\]*(?:\\(?:.|$)[^"\\]*)*)"?(?:(\s*:\s*)"[^"\\]*(?:\\(?:.|$)[^"\\]*)*"?)?/gs;

/** What is no JSON, such as the beginning of a long body, without the texts that a name says are secret. */
function redactText(text: string): string {
  return text.replace(NAMED_TEXT, (all, name: string, colon?: string) =>
    colon && SECRET_NAME.test(name) ? `"${name}"${colon}"redacted"` : all,
  );
}

/** A body for reading: JSON laid out with its secrets redacted, anything else as it came. */
export function readableBody(text: string): string {
  try {
    return JSON.stringify(redact(JSON.parse(text), ""), null, 2);
  } catch {
    return redactText(text);
  }
}
