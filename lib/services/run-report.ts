import type { RunTrigger } from "@/lib/queue/catalog";

/** Tells how far a run is; `words` says what it does now. */
export type Progress = (progress: { done: number; total?: number; words: string }) => Promise<void>;

/** The run itself: the id of its record, and who started it. */
export type Run = { id: number; trigger: RunTrigger };

/** What a run came to, in words; with failures the rest of it is to be done again soon. */
export type RunResult = { words: string; failures: string[] };
