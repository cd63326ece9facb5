/** What an action tells the page: never a raw error. */
export type ActionResult =
  | { kind: "done"; words: string; detail?: string }
  | { kind: "refused"; words: string; detail?: string };

/** A secret just made: shown this once and kept nowhere. */
export type OnceShown = { once?: string };
