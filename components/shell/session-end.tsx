"use client";

import { useEffect } from "react";
import { toast } from "sonner";

const WARN_BEFORE_MS = 2 * 60_000;

/** Says two minutes before a session ends that it will, so that nothing half written is lost. */
export function SessionEnd({ endsAt }: { endsAt: Date }) {
  const end = endsAt.getTime();
  useEffect(() => {
    const timer = setTimeout(
      () => toast("Your session ends in 2 minutes", { description: "Sign in again after that." }),
      Math.max(0, end - WARN_BEFORE_MS - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [end]);
  return null;
}
