/** Somebody as a page shows them. */
export type PersonView = { userId: number | null; name: string; initials: string };

/** `AL` for Anna Lindqvist, `M` for Mira; works with any script. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toLocaleUpperCase("en");
}

/** `Anna` for Anna Lindqvist. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/u)[0] || name;
}

/** A person for a page. */
export function personView(userId: number | null, name: string): PersonView {
  return { userId, name, initials: initialsOf(name) };
}

/** Beside up to three avatars: the full name when alone, else `Anna and 3`. */
export function groupName(people: readonly PersonView[], total = people.length): string {
  const first = people[0];
  if (!first) return "Nobody yet";
  return total <= 1 ? first.name : `${firstName(first.name)} and ${total - 1}`;
}
