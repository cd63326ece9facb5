import type { NextConfig } from "next";
import { basePathMark } from "./lib/runtime/base-path-mark.mjs";

const basePath = process.env.BASE_PATH ?? "";

/** Same for every answer; the content security policy has a nonce and is set in proxy.ts. */
const fixedHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

const config: NextConfig = {
  output: "standalone",
  basePath,
  env: { BASE_PATH: basePath },
  distDir: basePath === basePathMark ? ".next-below" : ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Senders take a redirect for an answer, and the event is lost: both spellings are served as they are.
  skipTrailingSlashRedirect: true,
  // `npm run check` checks types, of tests as well; a build must not fail on those.
  typescript: { ignoreBuildErrors: true },
  // No picture is resized: without this, 19 MB of a library for it would be taken along.
  images: { unoptimized: true },
  outputFileTracingExcludes: {
    "/*": ["node_modules/sharp/**", "node_modules/@img/**", "test/**", "app/**", "drizzle/**"],
  },
  turbopack: { resolveAlias: { null: "./components/api-docs/no-module.ts" } },
  serverExternalPackages: ["postgres", "nodemailer", "graphile-worker"],
  experimental: {
    serverActions: { bodySizeLimit: "1mb" },
    optimizePackageImports: ["radix-ui", "lucide-react"],
  },
  headers: async () => [
    { source: "/", headers: fixedHeaders },
    { source: "/((?!webhooks/|u/|calendar/|open/|follow/).*)", headers: fixedHeaders },
  ],
};

export default config;
