"use client";

import { useEffect, useRef, useState } from "react";
import { cn } from "../ui/cn";
import { keepPartOfPage } from "./part-of-page";
import { ViewerStanding } from "./viewer-standing";

const options = {
  // Its search would run in a worker made of a blob, which the content security policy refuses.
  disableSearch: true,
  hideDownloadButton: true,
  nativeScrollbars: true,
  scrollYOffset: 56,
  theme: {
    colors: { primary: { main: "#9b5414" }, text: { primary: "#1e1b26" } },
    typography: {
      fontSize: "14px",
      lineHeight: "22px",
      fontFamily: "inherit",
      headings: { fontFamily: "inherit", fontWeight: "600" },
      code: { fontSize: "13px", fontFamily: "var(--font-geist-mono), monospace" },
    },
    sidebar: { backgroundColor: "#f2f0ec", width: "240px" },
    rightPanel: { backgroundColor: "#1e1b26" },
  },
};

/** The API to read in one piece, in ReDoc; loaded when it is looked at and from nowhere else. */
export function RedocView({ address }: { address: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [standing, setStanding] = useState<"loading" | "shown" | "failed">("loading");
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    // Drawn into a child of its own: it is thrown away whole when the page is left.
    const canvas = element.appendChild(document.createElement("div"));
    const leave = keepPartOfPage(canvas);
    import("redoc/bundles/redoc.standalone.js")
      .then(({ init }) =>
        init(address, options, canvas, (error) => setStanding(error ? "failed" : "shown")),
      )
      .catch(() => setStanding("failed"));
    return () => {
      leave();
      canvas.remove();
    };
  }, [address]);
  return (
    <>
      <ViewerStanding standing={standing} />
      {/* ReDoc has no dark form: it stays a printed page. Nobody sees how it is put together, piece by piece. */}
      <div
        ref={place}
        className={cn("overflow-clip rounded-lg bg-white", standing !== "shown" && "invisible")}
      />
    </>
  );
}
