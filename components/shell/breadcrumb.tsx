import Link from "next/link";

export type Crumb = { label: string; href: string };

/** Where one is: the page, and what it belongs to as the way back. */
export function Breadcrumb({ title, parent }: { title: string; parent?: Crumb | undefined }) {
  return (
    <nav
      aria-label="Breadcrumb"
      className="min-w-0 flex-1 text-sm text-muted-foreground max-md:hidden"
    >
      <ol className="flex items-center gap-2">
        {parent ? (
          <>
            <li className="shrink-0">
              <Link href={parent.href} className="rounded-xs hover:text-foreground">
                {parent.label}
              </Link>
            </li>
            <li aria-hidden className="text-subtle-foreground">
              /
            </li>
          </>
        ) : null}
        <li className="min-w-0">
          <span
            aria-current="page"
            title={title}
            className="block truncate font-medium text-foreground"
          >
            {title}
          </span>
        </li>
      </ol>
    </nav>
  );
}
