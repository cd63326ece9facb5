const SECRET_NAME = /api.?key|token|passw|secret|authoriz|cookie|webhook.?key/i;

function redact(value: unknown, name: string): unknown {
  if (typeof value === "string" && value !== "" && SECRET_NAME.test(name)) return "redacted";
  if (Array.isArray(value)) return value.map((item) => redact(item, name));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redact(item, key)]));
  }
  return value;
}

/** A body for reading: JSON laid out with its secrets redacted, anything else as it came. */
export function readableBody(text: string): string {
  try {
    return JSON.stringify(redact(JSON.parse(text), ""), null, 2);
  } catch {
    return text.replace(
      /("[^"]*(?:api.?key|token|passw|secret)[^"]*"\s*:\s*)"[^"]*"/gi,
      '$1"redacted"',
    );
  }
}
