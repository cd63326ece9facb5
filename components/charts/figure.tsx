/** One large figure with what it counts below. */
export function Figure({ value, words }: { value: string; words: string }) {
  return (
    <div>
      <div className="num text-[26px]/[30px] font-semibold tracking-[-0.025em]">{value}</div>
      <div className="text-xs text-muted-foreground">{words}</div>
    </div>
  );
}
