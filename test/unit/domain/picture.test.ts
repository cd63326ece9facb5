import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { logoNameIn, logoProblem, logoSource, readPicture } from "@/lib/domain/picture";

const poster = readFileSync(
  new URL("../../support/upstreams/posters/a-quiet-orbit.png", import.meta.url),
);

/** A JPEG of this size as far as its head goes: a comment segment, then the frame header. */
function jpegHead(width: number, height: number): Uint8Array {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return new Uint8Array([
    ...[0xff, 0xd8, 0xff, 0xfe, 0, 4, 1, 2],
    ...[0xff, 0xff, 0xc2, 0, 17, 8, ...size, 3, 1, 0x22, 0, 2, 0x11],
  ]);
}

/** The head of a PNG of this size, followed by nothing. */
function pngHead(width: number, height: number): Uint8Array {
  const head = Buffer.alloc(33);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(head);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

describe("a picture", () => {
  it("says from its own bytes what it is", () => {
    expect(readPicture(poster)?.contentType).toBe("image/png");
    expect(readPicture(pngHead(40, 50))).toEqual({
      contentType: "image/png",
      width: 40,
      height: 50,
    });
    expect(readPicture(jpegHead(640, 480))).toEqual({
      contentType: "image/jpeg",
      width: 640,
      height: 480,
    });
  });

  it("is none when it only says so, or is cut off", () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const webp = Buffer.from("RIFF\0\0\0\0WEBPVP8 ");
    const wrong = [svg, webp, Buffer.from("GIF89a"), poster.subarray(0, 20), Buffer.alloc(0)];
    for (const bytes of [...wrong, jpegHead(9, 9).subarray(0, 12), pngHead(0, 9)]) {
      expect(readPicture(bytes)).toBeNull();
    }
    // A segment of length 0 must not keep the walk in place.
    expect(readPicture(new Uint8Array([0xff, 0xd8, 0xff, 0xfe, ...Array(40).fill(0)]))).toBeNull();
  });

  it("has to be small, square and of a useful size to be the logo", () => {
    const problem = (bytes: Uint8Array) => logoProblem(bytes, readPicture(bytes));
    expect(problem(pngHead(104, 104))).toBeNull();
    expect(problem(pngHead(20, 20))).toMatch(/each side has to be 26 to 1024/);
    expect(problem(pngHead(4000, 4000))).toMatch(/4000 by 4000/);
    expect(problem(pngHead(400, 100))).toMatch(/square/);
    expect(problem(new Uint8Array([1, 2, 3]))).toMatch(/neither a PNG nor a JPEG/);
    const large = Buffer.concat([pngHead(104, 104), Buffer.alloc(65 * 1024)]);
    expect(problem(large)).toMatch(/66 kB; 64 kB are the most/);
  });

  it("is found in a mail by its name, and only by a name of ours", () => {
    const name = `${"a1".repeat(16)}.png`;
    expect(logoNameIn(`<img src="${logoSource(name)}">`)).toBe(name);
    for (const wrong of ["", "../../x.png", '"><script>.png']) expect(logoSource(wrong)).toBeNull();
    expect(logoNameIn('<img src="cid:poster@bingealert">')).toBeNull();
  });
});
