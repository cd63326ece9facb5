import type { PersonView } from "./person";

/** One thing the palette found. */
export type PaletteHitView =
  | { kind: "request"; href: string; label: string; detail: string; posterPath: string | null }
  | { kind: "person"; href: string; label: string; detail: string; person: PersonView }
  /** Leads to where it is asked about and done. */
  | { kind: "action"; href: string; label: string; detail: string };
