import type { MetadataRoute } from "next";
import { below } from "@/lib/base-path";

/** What makes the dashboard installable. Public: it says nothing but the name. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: below("/"),
    name: "BingeAlert",
    short_name: "BingeAlert",
    description: "Tells the person who asked that it is ready to watch.",
    start_url: below("/"),
    scope: below("/"),
    display: "standalone",
    // The dark theme is the default one.
    background_color: "#0f0d13",
    theme_color: "#0f0d13",
    icons: [
      { src: below("/icon-192.png"), sizes: "192x192", type: "image/png" },
      { src: below("/icon-512.png"), sizes: "512x512", type: "image/png" },
      {
        src: below("/icon-maskable-512.png"),
        sizes: "512x512",
        type: "image/png",
        purpose: "maskable",
      },
    ],
    shortcuts: [
      { name: "Requests", url: below("/requests") },
      { name: "Notifications", url: below("/notifications") },
      { name: "Health", url: below("/system") },
    ],
  };
}
