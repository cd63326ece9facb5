/** Tells how far a run is; `words` says what it does now. */
export type Progress = (progress: { done: number; total?: number; words: string }) => Promise<void>;

/** What a run came to, in words; with failures the rest of it is to be done again soon. */
export type RunResult = { words: string; failures: string[] };
