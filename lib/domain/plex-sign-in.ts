/** As Plex shows it to whoever signs in, and afterwards among their devices. */
export const plexProduct = "BingeAlert";

/** The page of Plex on which somebody lets us in, by the code of a PIN. */
export function plexSignInUrl(clientId: string, code: string): string {
  const asked = new URLSearchParams({
    clientID: clientId,
    code,
    "context[device][product]": plexProduct,
  });
  return `https://app.plex.tv/auth#?${asked}`;
}
