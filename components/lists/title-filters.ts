import type { Filter } from "./filter-chips";

/** HD or 4K: the two are different outcomes of a title. */
export const qualityFilter: Filter = {
  key: "quality",
  label: "Quality",
  choices: [
    { value: "hd", label: "HD" },
    { value: "4k", label: "4K" },
  ],
};

/** Shows or movies, by the words of the page. */
export const typeFilter = (label: string, shows: string): Filter => ({
  key: "type",
  label,
  choices: [
    { value: "tv", label: shows },
    { value: "movie", label: "Movies" },
  ],
});

/** People by their id. */
export const personFilter = (label: string, people: { id: number; name: string }[]): Filter => ({
  key: "person",
  label,
  choices: people.map(({ id, name }) => ({ value: String(id), label: name })),
});
