"use client";

import { useRouter } from "next/navigation";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { below } from "@/lib/base-path";

export type LiveStatus =
  | { kind: "live" }
  | { kind: "reconnecting" }
  | { kind: "offline"; since: number };

type Live = {
  status: LiveStatus;
  /** Changes that wait because showing them would push what one reads. */
  waiting: number;
  show: () => void;
};

const LiveContext = createContext<Live>({ status: { kind: "live" }, waiting: 0, show: () => {} });

/** What the live connection says. */
export function useLive(): Live {
  return useContext(LiveContext);
}

const RECONNECTING_AFTER_MS = 5_000;
const OFFLINE_AFTER_MS = 20_000;
const GATHER_MS = 700;
/** The first pause; each further one is twice as long. */
const REOPEN_AFTER_MS = 2_000;
const REOPEN_AT_MOST_MS = 30_000;

/**
 * Listens to `/api/events` and reads the page again when something changed. Someone who has scrolled
 * down, has a dialog open or types is not disturbed: the changes wait behind a bar.
 */
export function LiveConnection({
  readAt,
  children,
}: {
  /** When the server began to read the page, in ms since 1970: what changes after that is said. */
  readAt: number;
  children: ReactNode;
}) {
  const router = useRouter();
  const [status, setStatus] = useState<LiveStatus>({ kind: "live" });
  const [waiting, setWaiting] = useState(0);
  const lostAt = useRef<number | null>(null);
  const lastReadAt = useRef(readAt);

  useEffect(() => {
    lastReadAt.current = readAt;
  }, [readAt]);

  useEffect(() => {
    let gather: ReturnType<typeof setTimeout> | null = null;
    let gathered = 0;
    let missed = false;
    let source: EventSource | null = null;
    const refresh = () => {
      gather = null;
      const count = gathered;
      gathered = 0;
      // A server that went away meanwhile cannot be read: the browser would leave the page for its own error.
      if (source?.readyState !== EventSource.OPEN) {
        missed = true;
        return;
      }
      // A page that follows something by itself has nothing to read again.
      if (document.querySelector("[data-follows-itself]")) return;
      if (document.visibilityState === "hidden" || isReading()) {
        setWaiting((before) => before + count);
        return;
      }
      setWaiting(0);
      router.refresh();
    };
    let reopen: ReturnType<typeof setTimeout> | null = null;
    let pause = REOPEN_AFTER_MS;
    const comeBackLater = () => {
      reopen ??= setTimeout(comeBack, pause);
      pause = Math.min(pause * 2, REOPEN_AT_MOST_MS);
    };
    const open = () => {
      const opened = new EventSource(below(`/api/events?since=${lastReadAt.current}`));
      source = opened;
      opened.addEventListener("open", () => {
        if (missed) router.refresh();
        missed = false;
        lostAt.current = null;
        pause = REOPEN_AFTER_MS;
        setStatus({ kind: "live" });
      });
      opened.addEventListener("error", () => {
        lostAt.current ??= Date.now();
        // Browsers come back by themselves, but not after an answer that is no stream: a proxy's 502, a sign-in page.
        if (opened.readyState === EventSource.CLOSED) comeBackLater();
      });
      opened.addEventListener("changed", () => {
        gathered += 1;
        gather ??= setTimeout(refresh, GATHER_MS);
      });
      // The session is over: reading the page again leads to the sign-in, or to a page that may listen anew.
      opened.addEventListener("ended", () => {
        opened.close();
        router.refresh();
        comeBackLater();
      });
    };
    const comeBack = async () => {
      const answers = await fetch(below("/api/health/live"), { cache: "no-store" }).then(
        (answer) => answer.ok,
        () => false,
      );
      reopen = null;
      if (source === null) return;
      if (!answers) {
        comeBackLater();
        return;
      }
      router.refresh();
      open();
    };
    open();
    const watch = setInterval(() => {
      if (lostAt.current === null) return;
      const gone = Date.now() - lostAt.current;
      if (gone > OFFLINE_AFTER_MS || !navigator.onLine)
        setStatus({ kind: "offline", since: lostAt.current });
      else if (gone > RECONNECTING_AFTER_MS) setStatus({ kind: "reconnecting" });
    }, 1_000);
    // The browser knows at once when it has no network; a stream may take long to notice, or outlive it.
    const onNoNetwork = () => {
      lostAt.current ??= Date.now();
      setStatus({ kind: "offline", since: lostAt.current });
    };
    const onNetwork = () => {
      if (source?.readyState === EventSource.OPEN) {
        lostAt.current = null;
        setStatus({ kind: "live" });
        router.refresh();
      } else if (source?.readyState === EventSource.CLOSED) comeBackLater();
    };
    addEventListener("offline", onNoNetwork);
    addEventListener("online", onNetwork);
    const onVisible = () => {
      if (document.visibilityState === "visible") {
        setWaiting((before) => {
          if (before > 0 && !isReading()) {
            router.refresh();
            return 0;
          }
          return before;
        });
      }
    };
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      source?.close();
      source = null;
      clearInterval(watch);
      if (reopen) clearTimeout(reopen);
      if (gather) clearTimeout(gather);
      document.removeEventListener("visibilitychange", onVisible);
      removeEventListener("offline", onNoNetwork);
      removeEventListener("online", onNetwork);
    };
  }, [router]);

  const value = useMemo<Live>(
    () => ({
      status,
      waiting,
      show: () => {
        setWaiting(0);
        window.scrollTo({ top: 0 });
        router.refresh();
      },
    }),
    [status, waiting, router],
  );
  return <LiveContext value={value}>{children}</LiveContext>;
}

function isReading(): boolean {
  if (window.scrollY > 240) return true;
  if (document.querySelector("[role=dialog][data-state=open]")) return true;
  const active = document.activeElement;
  return active instanceof HTMLInputElement && active.value !== active.defaultValue;
}
