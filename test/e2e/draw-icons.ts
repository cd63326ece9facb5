/**
 * Draws the icons of the installed app from `app/icon.svg`: `npx tsx test/e2e/draw-icons.ts`. Their result is in the
 * repository; run it again when the mark changes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { openBrowser } from "./browser";

const icon = readFileSync("app/icon.svg", "utf8");
const paper = "#0f0d13";

/** Corners are round as in the tab; where the system cuts its own shape, the paper reaches the edge. */
const icons = [
  { file: "public/icon-192.png", size: 192, mark: 1, isFull: false },
  { file: "public/icon-512.png", size: 512, mark: 1, isFull: false },
  // A circle of 80 % is sure to be seen.
  { file: "public/icon-maskable-512.png", size: 512, mark: 0.8, isFull: true },
  { file: "app/apple-icon.png", size: 180, mark: 0.92, isFull: true },
  // Browsers ask for it by themselves where a page names no icon.
  { file: "public/favicon.ico", size: 48, mark: 1, isFull: false },
];

/** An icon file around one picture: a directory of one entry, then the PNG as it is. */
function iconFile(png: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}

const browser = await openBrowser();
try {
  const page = await browser.newPage();
  for (const { file, size, mark, isFull } of icons) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>
      body { margin: 0; display: grid; place-items: center; height: 100vh;
        background: ${isFull ? paper : "transparent"} }
      svg { width: ${mark * 100}%; height: ${mark * 100}% }
    </style>${icon}`);
    const png = await page.screenshot({ omitBackground: !isFull });
    writeFileSync(file, file.endsWith(".ico") ? iconFile(png, size) : png);
  }
} finally {
  await browser.close();
}
