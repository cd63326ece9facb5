import { expect, test } from "vitest";
import { publicAddressOf } from "@/lib/domain/public-address";

test.each([
  ["", "", null],
  ["", "/binge", null],
  ["https://example.net/", "", "https://example.net"],
  ["https://example.net", "/binge", "https://example.net/binge"],
  ["https://example.net/", "/binge", "https://example.net/binge"],
  ["https://example.net/binge/", "/binge", "https://example.net/binge"],
  ["https://example.net:8443/media/binge", "/media/binge", "https://example.net:8443/media/binge"],
  // The name of the machine is no path.
  ["http://binge", "/binge", "http://binge/binge"],
  // Further out, a proxy may have a path of its own.
  ["https://example.net/home", "/binge", "https://example.net/home/binge"],
])("%j below %j is reached at %j", (publicBaseUrl, basePath, address) => {
  expect(publicAddressOf(publicBaseUrl, basePath)).toBe(address);
});
