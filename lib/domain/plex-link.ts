/**
 * Address that opens an item in Plex's web app; phones with the app hand it over to the app.
 * Resolve the rating key when the mail is made: it changes when an item is removed and added.
 */
export function plexWebLink(machineIdentifier: string, ratingKey: string): string {
  const server = encodeURIComponent(machineIdentifier);
  return `https://app.plex.tv/desktop/#!/server/${server}/details?key=${metadataKey(ratingKey)}`;
}

/** Address that opens an item in the Plex app. Mail programs strip it: for pages only. */
export function plexAppLink(machineIdentifier: string, ratingKey: string): string {
  const server = encodeURIComponent(machineIdentifier);
  return `plex://preplay/?metadataKey=${metadataKey(ratingKey)}&server=${server}`;
}

/**
 * The same for Android: its browsers open the app by an intent, and without the app go on to the web by themselves.
 */
export function plexIntentLink(machineIdentifier: string, ratingKey: string): string {
  const place = plexAppLink(machineIdentifier, ratingKey).replace(/^plex:/, "intent:");
  const fallback = encodeURIComponent(plexWebLink(machineIdentifier, ratingKey));
  return `${place}#Intent;scheme=plex;package=com.plexapp.android;S.browser_fallback_url=${fallback};end`;
}

function metadataKey(ratingKey: string): string {
  return encodeURIComponent(`/library/metadata/${ratingKey}`);
}
