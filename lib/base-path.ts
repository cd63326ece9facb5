/**
 * The path below which BingeAlert is served, such as `/binge`; empty at the root of a name. The build of the pages
 * writes it in here; the other programs are given it in one spelling by the supervisor.
 */
export const basePath = process.env.BASE_PATH ?? "";

/** The address of a place of ours, for whatever asks without Next, which puts the path before its own links. */
export function below(place: `/${string}`): string {
  return `${basePath}${place}`;
}

/** The place of ours that an address names: the address without the base path, or as it is when it has none. */
export function placeOf(address: string, base = basePath): string {
  if (base === "" || !address.startsWith(base)) return address;
  const rest = address.slice(base.length);
  if (rest.startsWith("/")) return rest;
  return rest === "" || rest.startsWith("?") ? `/${rest}` : address;
}
