import type { PersonView } from "@/lib/domain/views/person";
import { cn } from "./ui/cn";

/** Initials on a neutral disc: no colours per person. Always beside the name, so hidden from readers. */
export function Avatar({
  person,
  size = 24,
  className,
}: {
  person: PersonView;
  size?: 20 | 24 | 28 | 32;
  className?: string;
}) {
  return (
    <span
      aria-hidden
      title={person.name}
      className={cn(
        "inline-grid shrink-0 place-items-center rounded-full bg-muted font-semibold text-muted-foreground",
        size === 20 && "size-5 text-[8.5px]",
        size === 24 && "size-6 text-[10px]",
        size === 28 && "size-7 text-[11px]",
        size === 32 && "size-8 text-[11px]",
        className,
      )}
    >
      {person.initials}
    </span>
  );
}

/** Up to three avatars, overlapping. */
export function AvatarStack({ people }: { people: readonly PersonView[] }) {
  return (
    <span aria-hidden className="inline-flex">
      {people.slice(0, 3).map((person, index) => (
        <Avatar
          key={person.userId ?? person.name}
          person={person}
          className={cn(
            "shadow-[0_0_0_2px_var(--card)] transition-shadow duration-fast group-hover/row:shadow-[0_0_0_2px_var(--hover)]",
            index > 0 && "-ml-[3px]",
          )}
        />
      ))}
    </span>
  );
}
