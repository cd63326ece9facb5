/** Figures of a run, printed as they come. */

export function heading(words: string): void {
  console.log(`\n${words}`);
}

export function figure(name: string, value: string): void {
  console.log(`  ${name.padEnd(44)} ${value}`);
}

/** "p50 2.1 ms  p95 4.0 ms  p99 8.8 ms" of unsorted milliseconds. */
export function percentiles(ms: readonly number[]): string {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return [50, 95, 99].map((p) => `p${p} ${at(p / 100).toFixed(1)} ms`).join("  ");
}

/** Middle of unsorted numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
