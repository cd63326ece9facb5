import { listWords } from "./count-words";

/** `S03 E03–E05`, `S02 E07`. */
export function episodeCodes(
  items: readonly { season: number | null; episode: number | null }[],
): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const seasons = [...new Set(items.map((item) => item.season ?? 0))].sort((a, b) => a - b);
  return seasons
    .map((season) => {
      const numbers = items
        .filter((item) => (item.season ?? 0) === season)
        .map((item) => item.episode ?? 0)
        .sort((a, b) => a - b);
      const first = numbers[0] ?? 0;
      const last = numbers.at(-1) ?? first;
      const isRun = last - first === numbers.length - 1;
      const codes =
        numbers.length === 1
          ? `E${two(first)}`
          : isRun
            ? `E${two(first)}–E${two(last)}`
            : listWords(numbers.map((n) => `E${two(n)}`));
      return `S${two(season)} ${codes}`;
    })
    .join(", ");
}
