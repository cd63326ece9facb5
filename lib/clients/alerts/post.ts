import type { AlertOutcome } from "@/lib/domain/alerts";
import { clampLine } from "@/lib/domain/mail-characters";
import { AppError, UpstreamError } from "@/lib/errors";
import { connectionError } from "../http";

export type PostRequest = {
  /** Short name for errors: `discord`. */
  service: string;
  /** As the admin knows it. */
  name: string;
  url: string;
  headers?: Record<string, string>;
  body: unknown;
  /** Milliseconds, default 10 000. */
  timeoutMs?: number;
};

/** What a service answered. `words` is the beginning of its body, one line. */
export type PostAnswer = { status: number; headers: Headers; json: unknown; words: string };

const mostRead = 64 * 1024;

/**
 * POSTs JSON and gives the answer, whatever its status. Throws UpstreamError when there is none, AppError when `url`
 * is no address. Redirects are not followed: the address holds the key.
 */
export async function postJson(request: PostRequest): Promise<PostAnswer> {
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new AppError(
      "not_configured",
      `The address of ${request.name} is no http or https address`,
    );
  }
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "user-agent": "BingeAlert",
        ...request.headers,
      },
      body: JSON.stringify(request.body),
      signal: AbortSignal.timeout(request.timeoutMs ?? 10_000),
    });
    const text = await beginningOf(response);
    return {
      status: response.status,
      headers: response.headers,
      json: parseJson(text),
      words: clampLine(text.replace(/<[^>]*>/g, " "), 200),
    };
  } catch (cause) {
    throw connectionError({ ...request, url: url.origin, headers: {} }, url, cause);
  }
}

/** Sends and reads the status as most services mean it. `describe` may know better for its own. */
export async function deliver(
  request: PostRequest,
  describe: (answer: PostAnswer) => AlertOutcome | null = () => null,
): Promise<AlertOutcome> {
  let answer: PostAnswer;
  try {
    answer = await postJson(request);
  } catch (error) {
    if (error instanceof UpstreamError) {
      return error.retryable
        ? { kind: "tryLater", reply: error.message, retryAfterMs: null }
        : { kind: "refused", reply: error.message };
    }
    if (error instanceof AppError) return { kind: "refused", reply: error.message };
    throw error;
  }
  return describe(answer) ?? outcomeOf(request.name, answer);
}

function outcomeOf(name: string, answer: PostAnswer): AlertOutcome {
  const { status } = answer;
  const said = [`${name} answered ${status}`, answer.words].filter(Boolean).join(": ");
  if (status >= 200 && status < 300) return { kind: "accepted", reply: said };
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { kind: "tryLater", reply: said, retryAfterMs: retryAfterMs(answer) };
  }
  if (status >= 300 && status < 400) {
    return { kind: "refused", reply: `${name} redirects to another address. Use that one` };
  }
  return { kind: "refused", reply: said };
}

/** `Retry-After` in seconds or as a date; null when there is none. */
export function retryAfterMs({ headers }: Pick<PostAnswer, "headers">): number | null {
  const value = headers.get("retry-after");
  if (value === null) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(value);
  const answeredAt = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(at) || Number.isNaN(answeredAt) ? null : Math.max(0, at - answeredAt);
}

async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (reader && size < mostRead) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.byteLength;
  }
  await reader?.cancel();
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
