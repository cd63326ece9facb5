import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { firstPaintScript } from "@/components/shell/first-paint";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "BingeAlert", template: "%s · BingeAlert" },
  description: "Tells the person who asked that it is ready to watch.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: dark)", color: "#0f0d13" },
    { media: "(prefers-color-scheme: light)", color: "#f9f7f4" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [sent, jar] = await Promise.all([headers(), cookies()]);
  const isLight = jar.get("theme")?.value === "light";
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable} ${isLight ? "" : "dark"}`}
      suppressHydrationWarning
    >
      <head>
        <script
          nonce={sent.get("x-nonce") ?? undefined}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours that must run before first paint
          dangerouslySetInnerHTML={{ __html: firstPaintScript }}
        />
        {/* Nothing is drawn before all of it is there: on a slow phone the parts would push each other about. */}
        <link rel="expect" href="#end-of-page" blocking="render" />
      </head>
      <body>
        {children}
        <div id="end-of-page" hidden />
      </body>
    </html>
  );
}
