import { afterEach, beforeEach, expect } from "vitest";

const complaints: string[] = [];
let original: typeof console.error;

beforeEach(() => {
  complaints.length = 0;
  original = console.error;
  console.error = (...args: unknown[]) => {
    complaints.push(args.map(String).join(" "));
    original(...args);
  };
});

// A test that expects a complaint replaces console.error itself (vi.spyOn … mockImplementation).
afterEach(() => {
  console.error = original;
  expect(complaints, "console.error was called and the test did not expect it").toEqual([]);
});
