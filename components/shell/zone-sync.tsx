"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** On the first visit the server did not know the browser's zone: reads the page again, once. */
export function ZoneSync({ writtenFor }: { writtenFor: string }) {
  const router = useRouter();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone && zone !== writtenFor && document.cookie.includes(encodeURIComponent(zone))) {
      router.refresh();
    }
  }, [writtenFor, router]);
  return null;
}
