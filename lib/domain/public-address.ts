/**
 * The address at which people reach BingeAlert, without a slash at its end; null when it has none. Whoever is served
 * below a path may give it with or without that path.
 */
export function publicAddressOf(publicBaseUrl: string, basePath: string): string | null {
  const address = publicBaseUrl.replace(/\/+$/, "");
  if (address === "") return null;
  const path = address.replace(/^[a-z]+:\/\/[^/]*/i, "");
  return path.endsWith(basePath) ? address : `${address}${basePath}`;
}
