import type { MetadataRoute } from "next";

/** What makes the dashboard installable. Public: it says nothing but the name. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "BingeAlert",
    short_name: "BingeAlert",
    description: "Tells the person who asked that it is ready to watch.",
    start_url: "/",
    scope: "/",
    display: "standalone",
    // The dark theme is the default one.
    background_color: "#0f0d13",
    theme_color: "#0f0d13",
    icons: [
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
    shortcuts: [
      { name: "Requests", url: "/requests" },
      { name: "Notifications", url: "/notifications" },
      { name: "Health", url: "/system" },
    ],
  };
}
