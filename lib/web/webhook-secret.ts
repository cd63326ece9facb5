import { createHash, timingSafeEqual } from "node:crypto";

/**
 * Whether a webhook carries the secret in one of the ways its senders know: `X-Webhook-Secret`,
 * `Authorization` as Bearer, as it stands (Seerr adds no "Bearer"), or as the password of Basic, or
 * `?token=`. Takes the same time whatever was sent.
 */
export function carriesSecret(request: Pick<Request, "headers" | "url">, secret: string): boolean {
  const expected = [Buffer.from(secret, "utf8")];
  // Sonarr and Radarr write a Basic password in ISO-8859-1.
  if (isLatin1(secret)) expected.push(Buffer.from(secret, "latin1"));
  const wanted = expected.map(digest);
  let found = false;
  for (const offered of offeredSecrets(request)) {
    const given = digest(offered);
    for (const want of wanted) found = timingSafeEqual(given, want) || found;
  }
  return found;
}

function offeredSecrets({ headers, url }: Pick<Request, "headers" | "url">): Buffer[] {
  const offered: Buffer[] = [];
  // The bytes of a header arrive as ISO-8859-1, whatever they meant.
  const header = headers.get("x-webhook-secret");
  if (header !== null) offered.push(Buffer.from(header, "latin1"));
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    offered.push(Buffer.from(authorization, "latin1"));
    const [, scheme = "", value = ""] = /^(bearer|basic) +(.*)$/is.exec(authorization) ?? [];
    if (scheme.toLowerCase() === "bearer") offered.push(Buffer.from(value, "latin1"));
    if (scheme.toLowerCase() === "basic") {
      const pair = Buffer.from(value, "base64");
      const colon = pair.indexOf(":");
      if (colon >= 0) offered.push(pair.subarray(colon + 1));
    }
  }
  for (const token of new URL(url).searchParams.getAll("token")) offered.push(Buffer.from(token));
  return offered;
}

const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest();

const isLatin1 = (text: string) => Buffer.from(text, "latin1").toString("latin1") === text;
