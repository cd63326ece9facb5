export type DayOf<Item> = { day: string; first: Item; items: Item[] };

/** Items in their order, by the calendar day of a zone. */
export function byDay<Item>(items: readonly Item[], dayOf: (item: Item) => string): DayOf<Item>[] {
  const days: DayOf<Item>[] = [];
  for (const item of items) {
    const day = dayOf(item);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, first: item, items: [item] });
  }
  return days;
}
