/** Answers with what `load` gave at most `ms` ago; a failure is not kept. */
export function keptFor<T>(ms: number, load: () => Promise<T>): () => Promise<T> {
  let kept: { value: Promise<T>; at: number } | null = null;
  return () => {
    const now = performance.now();
    if (kept && now - kept.at < ms) return kept.value;
    const entry = { value: load(), at: now };
    kept = entry;
    entry.value.catch(() => {
      if (kept === entry) kept = null;
    });
    return entry.value;
  };
}
