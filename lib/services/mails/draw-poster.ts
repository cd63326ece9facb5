import { deflateSync } from "node:zlib";

type Rgb = readonly [number, number, number];

const width = 300;
const height = 450;
const horizon = 288;
const sunRadius = 44;

/** Night, dusk and lamp of a poster. */
const moods: readonly { top: Rgb; low: Rgb; light: Rgb }[] = [
  { top: [27, 36, 71], low: [214, 122, 96], light: [255, 214, 150] },
  { top: [16, 52, 62], low: [112, 166, 160], light: [246, 236, 214] },
  { top: [38, 22, 58], low: [166, 84, 128], light: [255, 190, 170] },
  { top: [58, 34, 20], low: [214, 150, 76], light: [255, 232, 178] },
];

const drawn = new Map<string, Buffer>();

/**
 * A poster for a title that does not exist: a light over water, in a mood of its own for each name. As a PNG, which is
 * drawn once and kept: there are only a few.
 */
export function drawPoster(name: string): Buffer {
  const poster = drawn.get(name) ?? draw(name);
  drawn.set(name, poster);
  return poster;
}

function draw(name: string): Buffer {
  const sum = [...name].reduce((before, letter) => (before * 31 + letter.charCodeAt(0)) % 9973, 7);
  const mood = moods[sum % moods.length] as (typeof moods)[number];
  const sun = { x: 90 + (sum % 121), y: 190 + (sum % 37) };
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0, at = 0; y < height; y += 1) {
    at += 1;
    for (let x = 0; x < width; x += 1) {
      for (const part of colorAt(x, y, sun, mood)) rows[at++] = part;
    }
  }
  return png(rows);
}

function colorAt(
  x: number,
  y: number,
  sun: { x: number; y: number },
  { top, low, light }: (typeof moods)[number],
): Rgb {
  if (y < horizon) {
    if (Math.hypot(x - sun.x, y - sun.y) <= sunRadius) return light;
    const hills = horizon - 26 - 20 * Math.sin((x - sun.x) / 47 + 5) - 9 * Math.sin(x / 17);
    if (y > hills) return mix(top, low, 0.18);
    return mix(top, low, (y / horizon) ** 1.6);
  }
  const depth = (y - horizon) / (height - horizon);
  const isGlint = y % 12 < 5 && Math.abs(x - sun.x) < 16 + 46 * depth - (y % 12) * 3;
  return isGlint ? mix(light, top, 0.25 + depth * 0.45) : mix(mix(top, low, 0.45), top, depth);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

/** Rows of 8-bit RGB, each after a zero for "no filter", as a PNG file. */
function png(rows: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** The checksum of PNG; Node.js has it from version 22 on. */
function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
