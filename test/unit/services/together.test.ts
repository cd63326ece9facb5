import { describe, expect, test } from "vitest";
import { together } from "@/lib/services/together";

/** Work that waits until the test lets the current group end. */
function gatedWork() {
  const groups: string[][] = [];
  let open: () => void = () => {};
  const work = async (calls: readonly string[]) => {
    groups.push([...calls]);
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    return calls.map((call) => call.toUpperCase());
  };
  return { groups, work, open: () => open() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("calls made together", () => {
  test("the first goes at once, those that come meanwhile go in one group", async () => {
    const { groups, work, open } = gatedWork();
    const call = together(work);
    const answers = Promise.all([call("a"), call("b"), call("c")]);
    expect(groups).toEqual([["a"]]);
    open();
    await turn();
    expect(groups).toEqual([["a"], ["b", "c"]]);
    open();
    expect(await answers).toEqual(["A", "B", "C"]);
  });

  test("a group is bounded by count and by weight, and one that is too heavy goes alone", async () => {
    const groups: number[][] = [];
    const call = together(
      async (calls: readonly number[]) => {
        groups.push([...calls]);
        return calls;
      },
      { largest: 3, weigh: { one: (n) => n, most: 10 } },
    );
    await Promise.all([1, 2, 3, 4, 5, 99, 1].map((n) => call(n)));
    expect(groups).toEqual([[1], [2, 3, 4], [5], [99], [1]]);
  });

  test("a call that fails does not take the others along", async () => {
    const call = together(async (calls: readonly string[]) => {
      if (calls.includes("bad")) throw new Error("bad");
      return calls.map((one) => one.length);
    });
    const answers = await Promise.allSettled([call("first"), call("bad"), call("good")]);
    expect(answers.map((answer) => answer.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("a failure that concerns all is not tried for each", async () => {
    let tries = 0;
    const call = together(
      async (): Promise<readonly string[]> => {
        tries += 1;
        throw new Error("gone");
      },
      { largest: 50, isWorthSplitting: () => false },
    );
    await Promise.allSettled([call("a"), call("b"), call("c")]);
    expect(tries).toBe(2);
  });

  test("goes on after a failure", async () => {
    let isDown = true;
    const call = together(async (calls: readonly string[]) => {
      if (isDown) throw new Error("down");
      return calls;
    });
    await expect(call("a")).rejects.toThrow("down");
    isDown = false;
    expect(await call("b")).toBe("b");
  });
});
