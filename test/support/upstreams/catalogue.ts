import type { MovieTitle, ShowTitle, World } from "./world";

/** Invented people; nobody else may be mailed by a simulation. */
export const people = {
  anna: { displayName: "Anna Lindqvist", email: "anna@example.net" },
  jonas: { displayName: "Jonas Weber", email: "jonas@example.net" },
  mira: { displayName: "Mira Okafor", email: "mira@example.net" },
  ben: { displayName: "Ben Castellano", email: "ben@example.net" },
  hannah: { displayName: "Hannah Brandt", email: "hannah@example.net" },
  tove: { displayName: "Tove Holm", email: "tove@example.net" },
  luis: { displayName: "Luis Ortega", email: "luis@example.net" },
  priya: { displayName: "Priya Raman", email: "priya@example.net" },
} as const;

export type Catalogue = {
  tidewaterRoad: ShowTitle;
  paperLanternDistrict: ShowTitle;
  ninthMeridian: ShowTitle;
  sableAndFinch: ShowTitle;
  saltmarsh: ShowTitle;
  winterCabinet: ShowTitle;
  glassOrchard: ShowTitle;
  lastFerryNorth: MovieTitle;
  kestrelDown: MovieTitle;
  quietOrbit: MovieTitle;
  copperValley: MovieTitle;
  midnightGrammar: MovieTitle;
};

const dayMs = 86_400_000;

/** Puts the twelve invented titles into a world; dates that must lie ahead are counted from `now`. */
export function addCatalogue(world: World, now: Date): Catalogue {
  const daysFromNow = (days: number) => new Date(now.getTime() + days * dayMs);
  return {
    tidewaterRoad: world.addShow({
      title: "Tidewater Road",
      year: 2023,
      tmdbId: 218_411,
      tvdbId: 431_207,
      imdbId: "tt21840710",
      posterPath: "/tidewater-road.png",
      genres: ["Drama", "Mystery"],
      network: "Coastline",
      overview:
        "A harbour pilot comes home to a coast that loses a metre of land each winter, and to a sister who will not say why she stayed.",
      seasons: {
        1: [
          "The Causeway",
          "High Water",
          "What the Lamp Saw",
          "Neap",
          "A House on Sand",
          "Undertow",
        ],
        2: [
          "Dredger",
          "The Long Pier",
          "Slack",
          "Salt in the Wire",
          "Night Crossing",
          "Spring Tide",
        ],
        3: [
          "The Breakwater",
          "Cold Harbour",
          "Two Lamps",
          "Driftwood",
          "The Pilot's Daughter",
          "Ebb",
          "A Metre a Year",
          "Landfall",
        ],
      },
    }),
    paperLanternDistrict: world.addShow({
      title: "Paper Lantern District",
      year: 2024,
      tmdbId: 231_902,
      tvdbId: 442_118,
      imdbId: "tt24190244",
      posterPath: "/paper-lantern-district.png",
      genres: ["Animation", "Crime"],
      network: "Nijimori",
      seriesType: "anime",
      overview:
        "An insurance clerk and a retired fireworks maker look for whoever is switching off a quarter, street by street.",
      seasons: {
        1: 12,
        2: [
          ...["Lamplighter", "Fuse Wire", "Quiet Rockets", "The Seventh Street", "Wet Powder"],
          ...["Claims Desk", "A Paper Moon", "Dark by Nine", "Kindling", "The Long Wick"],
          ...["Sparklers", "First Light"],
        ],
      },
    }),
    ninthMeridian: world.addShow({
      title: "Ninth Meridian",
      year: 2025,
      tmdbId: 246_530,
      tvdbId: 451_066,
      imdbId: "tt27650391",
      posterPath: "/ninth-meridian.png",
      genres: ["Science Fiction"],
      network: "Parallel",
      overview:
        "The crew of a survey ship finds that the planet below keeps the hours of a city that is not there.",
      seasons: { 1: 10 },
    }),
    sableAndFinch: world.addShow({
      title: "Sable & Finch",
      year: 2022,
      tmdbId: 205_377,
      tvdbId: 418_850,
      imdbId: "tt18537705",
      posterPath: "/sable-and-finch.png",
      genres: ["Comedy", "Crime"],
      network: "Brick Lane",
      status: "ended",
      overview: "Two auction-house clerks solve what the police file under lost property.",
      seasons: { 0: ["The Christmas Lot"], 1: 10, 2: 10, 3: 10, 4: 10 },
    }),
    saltmarsh: world.addShow({
      title: "Saltmarsh",
      year: 2024,
      tmdbId: 239_015,
      tvdbId: 446_731,
      imdbId: "tt25501663",
      posterPath: "/saltmarsh.png",
      genres: ["Thriller"],
      network: "Fenland",
      overview: "A botanist counts reeds for the county and notices one footprint too many.",
      seasons: { 1: 6 },
    }),
    winterCabinet: world.addShow({
      title: "The Winter Cabinet",
      year: 2021,
      tmdbId: 188_246,
      tvdbId: 402_593,
      imdbId: "tt14482590",
      posterPath: "/the-winter-cabinet.png",
      genres: ["Drama", "Politics"],
      network: "Chancery",
      overview: "A caretaker government has ninety days and no majority.",
      seasons: {
        5: 8,
        6: Array.from({ length: 8 }, (_, i) => ({ title: "TBA", airsAt: daysFromNow(47 + 7 * i) })),
      },
    }),
    glassOrchard: world.addShow({
      title: "The Glass Orchard",
      year: 2023,
      tmdbId: 221_764,
      tvdbId: 434_480,
      imdbId: "tt22017648",
      posterPath: "/the-glass-orchard.png",
      genres: ["Family", "Fantasy"],
      network: "Coastline",
      overview: "Three children inherit a garden in which nothing may be touched before noon.",
      seasons: { 1: 8 },
    }),
    lastFerryNorth: world.addMovie({
      title: "Last Ferry North",
      year: 2026,
      tmdbId: 1_184_207,
      imdbId: "tt31184207",
      posterPath: "/last-ferry-north.png",
      runtime: 118,
      genres: ["Drama", "Adventure"],
      inCinemas: daysFromNow(-160),
      digitalRelease: daysFromNow(-40),
      overview:
        "The last boat of the season leaves with one passenger too few, and the captain turns back into the ice.",
    }),
    kestrelDown: world.addMovie({
      title: "Kestrel Down",
      year: 2025,
      tmdbId: 1_097_455,
      imdbId: "tt29745510",
      posterPath: "/kestrel-down.png",
      runtime: 104,
      genres: ["Thriller"],
      overview: "A test pilot lands where no airfield has been for forty years.",
    }),
    quietOrbit: world.addMovie({
      title: "A Quiet Orbit",
      year: 2026,
      tmdbId: 1_203_318,
      imdbId: "tt32033180",
      posterPath: "/a-quiet-orbit.png",
      runtime: 127,
      genres: ["Science Fiction"],
      inCinemas: daysFromNow(-25),
      digitalRelease: daysFromNow(12),
      overview: "She stayed so he could land.",
    }),
    copperValley: world.addMovie({
      title: "Copper Valley",
      year: 2024,
      tmdbId: 1_031_926,
      imdbId: "tt27319260",
      posterPath: "/copper-valley.png",
      runtime: 96,
      genres: ["Western"],
      overview: "A surveyor is paid twice to draw the same border.",
    }),
    midnightGrammar: world.addMovie({
      title: "Midnight Grammar",
      year: 2025,
      tmdbId: 1_120_684,
      imdbId: "tt30206841",
      posterPath: "/midnight-grammar.png",
      runtime: 91,
      genres: ["Comedy"],
      overview:
        "A night school teacher discovers that her whole class is correcting the same letter.",
    }),
  };
}
