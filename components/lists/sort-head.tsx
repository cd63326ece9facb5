import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { cn } from "../ui/cn";

type Direction = "asc" | "desc";

/** A column head that sorts: a link, so that the order is in the address. The sorted one has the arrow. */
export function SortHead<Key extends string>({
  by,
  label,
  first,
  sort,
  sortHref,
  className,
}: {
  by: Key;
  label: string;
  /** The direction of the first click. */
  first: Direction;
  sort: { by: Key; direction: Direction };
  sortHref: (order: string) => string;
  className: string;
}) {
  const current = sort.by === by;
  const direction = current ? (sort.direction === "asc" ? "desc" : "asc") : first;
  const Arrow = sort.direction === "asc" ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={current ? (sort.direction === "asc" ? "ascending" : "descending") : "none"}
      className={className}
    >
      <Link
        href={sortHref(direction === "desc" ? `-${by}` : by)}
        scroll={false}
        className={cn(
          "inline-flex h-9 items-center gap-1 max-md:hidden transition-colors duration-fast hover:text-foreground",
          current && "text-foreground",
        )}
      >
        {label}
        {current ? <Arrow aria-hidden className="size-3" /> : null}
      </Link>
      {/* Out of sight on a phone, where a link would take the focus along; there a menu sorts. */}
      <span className="md:hidden">{label}</span>
    </th>
  );
}
