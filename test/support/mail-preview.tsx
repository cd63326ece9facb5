import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { renderMail } from "@/emails/render";
import { samples } from "./mail-samples";

/**
 * Draws every sample mail: `npx tsx test/support/mail-preview.tsx` writes HTML, text and screenshots to test/output.
 * The variant `bare` is what a phone shows that ignores style blocks.
 */

const output = fileURLToPath(new URL("../output/", import.meta.url));

const art = `<svg xmlns="http://www.w3.org/2000/svg" width="148" height="222" viewBox="0 0 148 222">
<defs><linearGradient id="s" x2="0" y2="1"><stop offset="0" stop-color="#1d2b52"/><stop offset=".5" stop-color="#6d6aa0"/><stop offset=".72" stop-color="#f3a97a"/></linearGradient></defs>
<rect width="148" height="222" fill="url(#s)"/><circle cx="96" cy="132" r="20" fill="#ffe7b5"/>
<path d="M0 150q40-14 74-4t74-6v82H0z" fill="#3d5480"/><path d="M0 172q50-12 86 0t62-6v56H0z" fill="#26395f"/><path d="M0 198q44-12 80-4t68-2v30H0z" fill="#15213c"/></svg>`;
const artAddress = `data:image/svg+xml,${encodeURIComponent(art)}`;

// Stands in for the system fonts of mail programs: what a bare Linux machine has instead is much wider.
const geist = fileURLToPath(
  import.meta
    .resolve("geist/font/sans")
    .replace(/sans\.js$/, "fonts/geist-sans/Geist-Variable.woff2"),
);
const font = `@font-face{font-family:Preview;font-weight:100 900;src:url(data:font/woff2;base64,${(await readFile(geist)).toString("base64")})}`;

const variants = [
  { name: "light", width: 720, colorScheme: "light", styles: "kept" },
  { name: "dark", width: 720, colorScheme: "dark", styles: "kept" },
  { name: "phone-light", width: 390, colorScheme: "light", styles: "kept" },
  { name: "phone-dark", width: 390, colorScheme: "dark", styles: "kept" },
  { name: "phone-bare", width: 390, colorScheme: "light", styles: "dropped" },
] as const;

await mkdir(output, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
  ],
});
try {
  for (const [name, content] of Object.entries(samples)) {
    const mail = await renderMail(content);
    await writeFile(`${output}mail-${name}.html`, mail.html);
    await writeFile(`${output}mail-${name}.txt`, `Subject: ${mail.subject}\n\n${mail.text}`);
    const shown = mail.html
      .replaceAll("cid:poster", artAddress)
      .replaceAll("-apple-system,BlinkMacSystemFont", "Preview");
    for (const variant of variants) {
      const page = await browser.newPage({
        viewport: { width: variant.width, height: 400 },
        colorScheme: variant.colorScheme,
      });
      const kept = variant.styles === "kept";
      await page.setContent(kept ? shown : shown.replace(/<style>.*?<\/style>/gs, ""));
      await page.addStyleTag({ content: font });
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: `${output}mail-${name}-${variant.name}.png`, fullPage: true });
      await page.close();
    }
    console.log(`${name}: ${mail.html.length} characters, "${mail.subject}"`);
  }
} finally {
  await browser.close();
}
