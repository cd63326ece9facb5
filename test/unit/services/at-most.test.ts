import { describe, expect, test } from "vitest";
import { atMost } from "@/lib/services/at-most";

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("at most so many at a time", () => {
  test("those beyond the limit wait for a place and take it in order, whatever became of who had it", async () => {
    const begun: string[] = [];
    const end = new Map<string, (error?: Error) => void>();
    const limited = atMost(2);
    const call = (name: string) =>
      limited(() => {
        begun.push(name);
        return new Promise<string>((resolve, reject) =>
          end.set(name, (error) => (error ? reject(error) : resolve(name))),
        );
      });
    const [a, b, c, d] = ["a", "b", "c", "d"].map(call);
    const refused = expect(b).rejects.toThrow("no");
    await turn();
    expect(begun).toEqual(["a", "b"]);
    end.get("b")?.(new Error("no"));
    await turn();
    expect(begun).toEqual(["a", "b", "c"]);
    end.get("a")?.();
    await turn();
    expect(begun).toEqual(["a", "b", "c", "d"]);
    end.get("c")?.();
    end.get("d")?.();
    await refused;
    expect(await Promise.all([a, c, d])).toEqual(["a", "c", "d"]);
    const [e, f] = [call("e"), call("f"), call("g")];
    await turn();
    expect(begun.slice(4)).toEqual(["e", "f"]);
    for (const name of ["e", "f"]) end.get(name)?.();
    await Promise.all([e, f]);
    expect(begun.slice(6)).toEqual(["g"]);
  });
});
