import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Answer, FakeServer, type FakeServerOptions, json } from "./fake-server";

const folder = fileURLToPath(new URL("./posters/", import.meta.url));
const loaded = new Map<string, Buffer>();

/** The poster of that name as image/png, or 404. */
export function posterAnswer(file: string): Answer {
  const name = /^([a-z-]+)\.(?:png|jpg)$/.exec(file)?.[1];
  if (!name) return json({ status_code: 34, status_message: "Not found" }, 404);
  let bytes = loaded.get(name);
  if (!bytes) {
    try {
      bytes = readFileSync(`${folder}${name}.png`);
    } catch {
      return json({ status_code: 34, status_message: "Not found" }, 404);
    }
    loaded.set(name, bytes);
  }
  return { kind: "bytes", status: 200, type: "image/png", body: bytes };
}

/** Stands in for image.tmdb.org: `/t/p/<size>/<file>`. */
export class FakeTmdbImages extends FakeServer {
  constructor(options: FakeServerOptions = {}) {
    super("TMDB images", options);
    this.route("GET", "/t/p/:size/:file", ({ params }) => posterAnswer(params.file ?? ""));
  }
}
