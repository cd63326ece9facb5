import type { Quality } from "./releases";
import type { MovieTitle, ShowTitle } from "./world";

/** A file Sonarr or Radarr has put into the library: what Plex may find there later. */
export type ImportedFile = {
  /** Key of the instance that imported it. */
  instance: string;
  path: string;
  quality: Quality;
  isFourK: boolean;
} & (
  | { kind: "episodes"; show: ShowTitle; season: number; numbers: number[] }
  | { kind: "movie"; movie: MovieTitle }
);
