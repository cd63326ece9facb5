"use client";

import "swagger-ui-dist/swagger-ui.css";
import "./swagger.css";
import { useEffect, useRef, useState } from "react";
import { keepPartOfPage } from "./part-of-page";
import { ViewerStanding } from "./viewer-standing";

/** The API to read and to try, in Swagger UI; loaded when it is looked at and from nowhere else. */
export function SwaggerView({ address }: { address: string }) {
  const place = useRef<HTMLDivElement>(null);
  const [standing, setStanding] = useState<"loading" | "shown" | "failed">("loading");
  useEffect(() => {
    const domNode = place.current;
    if (!domNode) return;
    const leave = keepPartOfPage(domNode);
    import("swagger-ui-dist/swagger-ui-bundle.js")
      .then(({ default: SwaggerUI }) => {
        SwaggerUI({
          url: address,
          domNode,
          deepLinking: true,
          docExpansion: "list",
          defaultModelsExpandDepth: 0,
          validatorUrl: null,
        });
        setStanding("shown");
      })
      .catch(() => setStanding("failed"));
    return () => {
      leave();
      domNode.replaceChildren();
    };
  }, [address]);
  useEffect(followTheme, []);
  return (
    <>
      <ViewerStanding standing={standing} />
      <div ref={place} className="api-viewer" />
    </>
  );
}

/** Swagger UI goes dark with a class of its own. Returns what ends that. */
function followTheme(): () => void {
  const { classList } = document.documentElement;
  const follow = () => {
    const isDark = classList.contains("dark");
    if (classList.contains("dark-mode") !== isDark) classList.toggle("dark-mode", isDark);
  };
  const observer = new MutationObserver(follow);
  observer.observe(document.documentElement, { attributeFilter: ["class"] });
  follow();
  return () => {
    observer.disconnect();
    classList.remove("dark-mode");
  };
}
