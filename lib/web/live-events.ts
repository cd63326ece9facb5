import "server-only";
import { changesChannel } from "@/lib/store/changes";
import { webDatabase } from "./service-context";

type Subscriber = {
  /** When it last read the page, in ms since 1970: what changed after that it has not seen. */
  readAt: number;
  send: (topic: string) => void;
  close: () => void;
  /** Whether whoever listens may still. Closes the stream when not, or when that cannot be told. */
  check: () => void;
};

/** What may end somebody's right to listen. */
const ENDING_TOPICS = ["sessions", "settings", "all"];

const kept = globalThis as typeof globalThis & { bingealertLive?: LiveHub };

/** One LISTEN per process, fanned out to every open page. */
class LiveHub {
  readonly #subscribers = new Set<Subscriber>();
  #listening: Promise<unknown> | null = null;
  /** When this process last heard of a change, or could have missed one, in ms since 1970. */
  #newsAt = 0;
  #closed = false;

  constructor() {
    // A server with open streams does not exit by itself.
    process.once("SIGTERM", () => this.#closeAll());
    process.once("SIGINT", () => this.#closeAll());
  }

  subscribe(subscriber: Subscriber): () => void {
    if (this.#closed) {
      subscriber.close();
      return () => {};
    }
    this.#subscribers.add(subscriber);
    // Between the reading of a page and its stream something may have changed.
    if (this.#newsAt >= subscriber.readAt) subscriber.send("all");
    this.#listening ??= webDatabase()
      .raw.listen(
        changesChannel,
        (topic) => this.#send(topic),
        // Nobody knows what happened before this process listened, or while its connection was gone.
        () => this.#send("all"),
      )
      .catch(() => {
        this.#listening = null;
        this.#dropAll();
      });
    return () => this.#subscribers.delete(subscriber);
  }

  #send(topic: string) {
    this.#newsAt = Date.now();
    const mayEnd = ENDING_TOPICS.includes(topic);
    for (const subscriber of this.#subscribers) {
      if (mayEnd) subscriber.check();
      subscriber.send(topic);
    }
  }

  #dropAll() {
    for (const subscriber of this.#subscribers) subscriber.close();
    this.#subscribers.clear();
  }

  #closeAll() {
    this.#closed = true;
    this.#dropAll();
  }
}

const HEARTBEAT_MS = 15_000;

/**
 * A stream of `changed` events for one page, until it goes away, the process stops, or `isAdmitted` says no: asked with
 * every heartbeat, and at once when sessions or settings change. Its last event is then `ended`. What changed since
 * `readAt` (ms since 1970) comes first. The id of every event is such a time: browsers name it when they come back.
 */
export function liveEventStream(
  readAt: number,
  signal: AbortSignal,
  isAdmitted: () => Promise<boolean>,
): ReadableStream<Uint8Array> {
  kept.bingealertLive ??= new LiveHub();
  const hub = kept.bingealertLive;
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      let open = true;
      let leave = () => {};
      const write = (text: string) => {
        if (open) controller.enqueue(encoder.encode(text));
      };
      const check = () => {
        isAdmitted().then(
          (admitted) => {
            if (admitted) return;
            write("event: ended\ndata: session\n\n");
            stop();
          },
          // Nobody knows; the page comes back and is judged anew.
          () => stop(),
        );
      };
      const beat = setInterval(() => {
        write(`id: ${Date.now()}\n\n`);
        check();
      }, HEARTBEAT_MS);
      beat.unref();
      stop = () => {
        if (!open) return;
        open = false;
        clearInterval(beat);
        leave();
        try {
          controller.close();
        } catch {
          // The browser has already gone.
        }
      };
      write("retry: 2000\n\n");
      leave = hub.subscribe({
        readAt,
        send: (topic) => write(`id: ${Date.now()}\nevent: changed\ndata: ${topic}\n\n`),
        close: stop,
        check,
      });
      if (signal.aborted) stop();
      else signal.addEventListener("abort", stop, { once: true });
    },
    cancel: () => stop(),
  });
}
