/** How often something may happen: `burst` at once, then one more each `everyMs`. */
export type RateLimit = { burst: number; everyMs: number };

/**
 * The limits. Each runs full and empties by itself, and a refused try does not count: nobody is shut out for longer
 * than `everyMs` after somebody else stopped trying.
 */
export const rateLimits = {
  /** Sign-in tries from one address. */
  loginAddress: { burst: 10, everyMs: 60_000 },
  /** Sign-in tries for one account, from addresses it never signed in from. */
  loginAccount: { burst: 20, everyMs: 60_000 },
  /** Webhooks from one address. An import of a large library is thousands in a row. */
  webhook: { burst: 5_000, everyMs: 50 },
  /** Webhooks with a wrong secret. */
  webhookSecret: { burst: 30, everyMs: 10_000 },
  /** Links of mails: openings from one address, a whole household behind it. */
  signedLink: { burst: 120, everyMs: 1_000 },
  /** Posters TMDB has to be asked for: a first look through long lists is hundreds. */
  newPoster: { burst: 600, everyMs: 100 },
  /** Wrong API keys. */
  apiKeyWrong: { burst: 20, everyMs: 10_000 },
  /** Tokens of the log tried in the wizard. */
  setupToken: { burst: 10, everyMs: 30_000 },
  /** Calls with one good API key. */
  apiKey: { burst: 1_200, everyMs: 50 },
} as const satisfies Record<string, RateLimit>;

export type RateLimitName = keyof typeof rateLimits;
