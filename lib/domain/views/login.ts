/** Why somebody was not let in: the cause first, then one remedy. */
export type LoginRefusal = { words: string; detail: string | null };

/** The same words for a wrong name and a wrong password: strangers learn neither. */
export function loginRefusalWords(
  outcome:
    | { kind: "wrong" | "check_refused" | "check_unreachable" | "other_site" }
    | { kind: "too_many"; retryAfterMs: number },
): LoginRefusal {
  switch (outcome.kind) {
    case "wrong":
      return { words: "Name or password is wrong", detail: null };
    case "too_many":
      return {
        words: `Too many tries. The next one counts in ${waitWords(outcome.retryAfterMs)}`,
        detail: null,
      };
    case "check_refused":
      return {
        words: "Cloudflare did not confirm that you are a person",
        detail: "Wait until the box shows its check, then sign in again.",
      };
    case "check_unreachable":
      return {
        words: "The check by Cloudflare cannot be reached, so sign-in is closed",
        detail: "The way back in is on the server itself: npm run admin -- reset-password",
      };
    case "other_site":
      return {
        words: "This came from another address than this page",
        detail:
          "Open BingeAlert under its own address. Behind a reverse proxy, list the proxy in TRUSTED_PROXIES.",
      };
  }
}

function waitWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
