import { below } from "@/lib/base-path";
import { cn } from "./ui/cn";

const boxes = {
  dense: { box: "h-[39px] w-[26px] rounded-[3px]", width: "w92", text: "text-[9px]" },
  table: { box: "h-12 w-8 rounded-xs", width: "w92", text: "text-[10px]" },
  list: { box: "h-[60px] w-10 rounded-xs", width: "w154", text: "text-xs" },
  detail: {
    box: "h-[156px] w-[104px] rounded-md max-md:h-[102px] max-md:w-[68px] max-md:rounded-sm",
    width: "w342",
    text: "text-lg",
  },
  wall: { box: "aspect-[2/3] w-full rounded-sm", width: "w342", text: "text-lg" },
} as const;

/** Artwork in a fixed 2:3 box, from our cached proxy; without artwork the title's initials. */
export function Poster({
  path,
  title,
  size,
  alt = "",
  className,
}: {
  /** TMDB's file, `/abc.jpg`. */
  path: string | null;
  title: string;
  size: keyof typeof boxes;
  /** Empty beside its title. */
  alt?: string;
  className?: string;
}) {
  const box = boxes[size];
  const initials = title
    .split(/\s+/u)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toLocaleUpperCase("en");
  return (
    <span className={cn("poster", box.box, className)}>
      <span
        aria-hidden
        className={cn(
          "absolute inset-0 grid place-items-center font-semibold text-subtle-foreground",
          box.text,
        )}
      >
        {initials}
      </span>
      {path ? (
        // biome-ignore lint/performance/noImgElement: our own cached proxy already serves the right size
        <img
          src={below(`/posters/${box.width}${path}`)}
          alt={alt}
          loading="lazy"
          decoding="async"
          className="absolute inset-0 size-full object-cover"
        />
      ) : null}
    </span>
  );
}
