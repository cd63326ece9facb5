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

function metadataKey(ratingKey: string): string {
  return encodeURIComponent(`/library/metadata/${ratingKey}`);
}
