/** What a picture really is, from its own bytes: neither its name nor its content type is believed. */

export type Picture = { contentType: "image/png" | "image/jpeg"; width: number; height: number };

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Kind and size in pixels of a PNG or JPEG; null for everything else, also for one that is cut off in its head. */
export function readPicture(bytes: Uint8Array): Picture | null {
  return readPng(bytes) ?? readJpeg(bytes);
}

function readPng(bytes: Uint8Array): Picture | null {
  if (bytes.length < 33 || pngSignature.some((byte, index) => bytes[index] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The first chunk is IHDR: 13 bytes that begin with width and height.
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49484452) return null;
  return sized("image/png", view.getUint32(16), view.getUint32(20));
}

/** Walks over the segments of a JPEG to its frame header (SOF0 to SOF15, without DHT, JPG and DAC). */
function readJpeg(bytes: Uint8Array): Picture | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return sized("image/jpeg", view.getUint16(at + 7), view.getUint16(at + 5));
    }
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}

const sized = (contentType: Picture["contentType"], width: number, height: number) =>
  width > 0 && height > 0 ? { contentType, width, height } : null;

/** The logo is attached to every mail, and 26 pixels wide there: more than this is waste. */
export const largestLogoBytes = 64 * 1024;
export const logoSides = { least: 26, most: 1024 };

/** Why a picture cannot be the logo of mails, as a sentence; null when it can. */
export function logoProblem(bytes: Uint8Array, picture: Picture | null): string | null {
  if (bytes.length === 0) return "The file is empty";
  if (!picture) {
    return "This is neither a PNG nor a JPEG. Other formats are not shown by every mail program";
  }
  if (bytes.length > largestLogoBytes) {
    return `The picture has ${Math.ceil(bytes.length / 1024)} kB; ${largestLogoBytes / 1024} kB are the most, because it goes along with every mail`;
  }
  const { width, height } = picture;
  const { least, most } = logoSides;
  if (Math.min(width, height) < least || Math.max(width, height) > most) {
    return `The picture is ${width} by ${height} pixels; each side has to be ${least} to ${most}`;
  }
  if (Math.max(width, height) > 1.5 * Math.min(width, height)) {
    return `The picture is ${width} by ${height} pixels; mails show it in a square`;
  }
  return null;
}

const logoShape = /^[0-9a-f]{32}\.(?:png|jpg)$/;

/** How a mail refers to the uploaded logo attached to it; null when the name is that of none. */
export const logoSource = (name: string): string | null =>
  logoShape.test(name) ? `cid:${logoCid(name)}` : null;

/** The Content-ID of the uploaded logo. */
export const logoCid = (name: string): string => `${name}@bingealert`;

/** The name of the uploaded logo a mail shows; null when it shows none. */
export const logoNameIn = (html: string): string | null =>
  /cid:([0-9a-f]{32}\.(?:png|jpg))@bingealert/.exec(html)?.[1] ?? null;
