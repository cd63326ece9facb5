"use client";

import { useSyncExternalStore } from "react";
import { useLive } from "./live-connection";

/** Said where something cannot be done while nothing answers. */
export const offlineWords = "Offline: actions wait until BingeAlert answers";

/** Whether BingeAlert cannot be reached: the live connection is gone for a while, or the browser has no network. */
export function useOffline(): boolean {
  const { status } = useLive();
  const hasNetwork = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return status.kind === "offline" || !hasNetwork;
}

function subscribe(changed: () => void): () => void {
  addEventListener("online", changed);
  addEventListener("offline", changed);
  return () => {
    removeEventListener("online", changed);
    removeEventListener("offline", changed);
  };
}
