type Group<Call> = {
  /** At most this many calls go together. */
  largest: number;
  /** What a call weighs, and how much a group may; the first call always fits. */
  weigh?: { one: (call: Call) => number; most: number };
  /** Whether a failed group is worth trying one by one; default always. */
  isWorthSplitting?: (error: unknown) => boolean;
};

/**
 * Answers calls in groups: those that arrive while a group is under way go together in the next one, so that nobody
 * waits for others to come. `work` returns one answer per call, in order. When a group fails each of its calls is made
 * alone, so that one cannot take the others along: `work` must leave nothing behind when it throws.
 */
export function together<Call, Answer>(
  work: (calls: readonly Call[]) => Promise<readonly Answer[]>,
  group: Group<Call> = { largest: 50 },
): (call: Call) => Promise<Answer> {
  type Waiting = { call: Call; answer: (answer: Answer) => void; fail: (error: unknown) => void };
  const waiting: Waiting[] = [];
  let isWorking = false;

  function takeGroup(): Waiting[] {
    let weight = 0;
    let count = 0;
    for (const { call } of waiting.slice(0, group.largest)) {
      weight += group.weigh?.one(call) ?? 0;
      if (count > 0 && group.weigh && weight > group.weigh.most) break;
      count += 1;
    }
    return waiting.splice(0, count);
  }

  async function answer(some: readonly Waiting[]): Promise<void> {
    try {
      const answers = await work(some.map((one) => one.call));
      some.forEach((one, index) => {
        one.answer(answers[index] as Answer);
      });
    } catch (error) {
      if (some.length > 1 && (group.isWorthSplitting?.(error) ?? true)) {
        for (const one of some) await answer([one]);
      } else {
        for (const one of some) one.fail(error);
      }
    }
  }

  async function answerAll(): Promise<void> {
    isWorking = true;
    while (waiting.length > 0) await answer(takeGroup());
    isWorking = false;
  }

  return (call) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ call, answer: resolve, fail: reject });
      if (!isWorking) void answerAll();
    });
}
