import { z } from "zod";

export type TurnstileAnswer =
  | { kind: "passed" }
  /** Wrong, used before, or too old. `codes` are Cloudflare's. */
  | { kind: "refused"; codes: string[] }
  /** No answer that can be understood: whoever asks must not let anybody in. */
  | { kind: "unreachable"; because: string };

const answer = z.object({
  success: z.boolean(),
  "error-codes": z.array(z.string()).optional(),
});

const largestToken = 2048;
const largestAnswer = 64 * 1024;

/** Asks Cloudflare whether the token of a sign-in form is good. Tokens count once and for five minutes. */
export async function checkTurnstile(
  options: { verifyUrl: string; secret: string; timeoutMs?: number },
  token: string,
  remoteAddress: string | null,
): Promise<TurnstileAnswer> {
  if (token === "" || token.length > largestToken) {
    return { kind: "refused", codes: ["missing-input-response"] };
  }
  try {
    const response = await fetch(options.verifyUrl, {
      method: "POST",
      body: new URLSearchParams({
        secret: options.secret,
        response: token,
        ...(remoteAddress === null ? {} : { remoteip: remoteAddress }),
      }),
      // Nobody else gets the secret.
      redirect: "error",
      signal: AbortSignal.timeout(options.timeoutMs ?? 8_000),
    });
    const text = await readLimited(response);
    const parsed = answer.safeParse(JSON.parse(text));
    if (!parsed.success) return { kind: "unreachable", because: `status ${response.status}` };
    if (parsed.data.success && response.ok) return { kind: "passed" };
    return { kind: "refused", codes: parsed.data["error-codes"] ?? [] };
  } catch (error) {
    return { kind: "unreachable", because: error instanceof Error ? error.message : String(error) };
  }
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > largestAnswer) {
      await reader.cancel();
      throw new Error("the answer is too large");
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
