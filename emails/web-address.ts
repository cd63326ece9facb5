function matching(address: string | null, start: RegExp): string | null {
  const trimmed = address?.trim() ?? "";
  // Checked on the text itself: `new URL` would quietly drop a line break inside the scheme.
  return start.test(trimmed) && /^[^\s<>"]+$/.test(trimmed) && URL.canParse(trimmed)
    ? trimmed
    : null;
}

/** The address, unchanged, if a mail may link to it (http or https); else null. */
export function linkAddress(address: string | null): string | null {
  return matching(address, /^https?:\/\//i);
}

/** The address, unchanged, if a mail may show it as a picture (http, https or an attachment); else null. */
export function pictureAddress(address: string | null): string | null {
  return matching(address, /^(?:https?:\/\/|cid:)/i);
}
