export type SortChoice = { label: string; href: string; isCurrent: boolean };

/** The orders of a list as choices for a menu. */
export function sortChoices(
  orders: readonly (readonly [order: string, label: string])[],
  sort: { by: string; direction: "asc" | "desc" },
  sortHref: (order: string) => string,
): SortChoice[] {
  const chosen = sort.direction === "desc" ? `-${sort.by}` : sort.by;
  return orders.map(([order, label]) => ({
    label,
    href: sortHref(order),
    isCurrent: order === chosen,
  }));
}
