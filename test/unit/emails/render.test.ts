import { describe, expect, it } from "vitest";
import { renderMail } from "@/emails/render";
import { linkAddress, pictureAddress } from "@/emails/web-address";
import { languages } from "@/lib/domain/language";
import { isAdminMail, type MailContent } from "@/lib/domain/mail";
import * as samples from "../../support/mail-samples";

/** Every sample in every language its reader may have chosen; mails to the admin are in English. */
const everyMail = Object.entries(samples.samples).flatMap(
  ([name, content]): [string, MailContent][] =>
    isAdminMail(content)
      ? [[name, content]]
      : languages.map((language) => [
          `${name}, ${language}`,
          samples.inLanguage(content, language),
        ]),
);
const noLinks = { preferencesUrl: null, unsubscribeUrl: null, calendarUrl: null, muteUrl: null };

/** The words a reader sees: no markup, no preheader, nothing that is hidden from screen readers. */
function visible(html: string): string {
  return html
    .replace(/<head.*?<\/head>/s, "")
    .replace(/<!--\[if mso\]>.*?<!\[endif\]-->|<!--.*?-->/gs, "")
    .replace(/<div [^>]*data-skip-in-text.*?<\/div><\/div>/s, "")
    .replace(/<td [^>]*aria-hidden="true".*?<\/td>/gs, "")
    .replace(/<[^>]+>/g, "\n")
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

const address = /https?:\/\/\S+/g;

const wordsOf = (text: string) => new Set(text.match(/[\p{L}\p{N}]{2,}/gu));

const hrefs = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);

const episodeMail = (changes: Partial<typeof samples.episodes>): MailContent => ({
  kind: "episodes_available",
  props: { ...samples.episodes, ...changes },
});

describe.each(everyMail)("%s", (_name, content) => {
  it("is under 100 KB, with a clean subject, and the same every time", async () => {
    const mail = await renderMail(content);
    expect(Buffer.byteLength(mail.html)).toBeLessThan(100_000);
    expect(mail.subject.length).toBeLessThanOrEqual(120);
    expect(await renderMail(content)).toEqual(mail);
  });

  it("says in text what the HTML says", async () => {
    const { html, text } = await renderMail(content);
    const links = new Set(hrefs(html).map((href) => href?.replaceAll("&amp;", "&")));
    expect(new Set(text.match(address) ?? [])).toEqual(links);
    expect(wordsOf(text.replace(address, ""))).toEqual(wordsOf(visible(html)));
  });

  it("carries dark colours, a colour scheme and fixed image boxes", async () => {
    const { html } = await renderMail(content);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toMatch(
      /@media \(prefers-color-scheme:dark\)\{.*\.card\{background:#1c1921!important\}/,
    );
    expect(html).toContain("[data-ogsc] .ink{color:#f2f0ec!important}");
    expect(html).toMatch(new RegExp(`<html[^>]* lang="${content.props.reader.language}"`));
    expect(html).not.toContain('rel="preload"');
    for (const [image] of html.matchAll(/<img[^>]*>/g)) {
      expect(image).toMatch(/width="\d+"/);
      expect(image).toMatch(/height="\d+"/);
      expect(image).toMatch(/alt="/);
    }
  });

  it("gives every painted class its colour inline, for readers without style blocks", async () => {
    const { html } = await renderMail(content);
    for (const [tag] of html.matchAll(
      /<[a-z0-9]+ [^>]*class="[^"]*\b(?:ink|mut|sub|lnk|b1t)\b[^>]*>/g,
    )) {
      expect(tag).toMatch(/style="[^"]*color:#[0-9a-f]{6}/);
    }
  });
});

describe("text from outside", () => {
  const nasty = `<script>alert(1)</script> "&' $& 🎬 ${"long ".repeat(100)}`;

  it("is escaped wherever it appears", async () => {
    const mails: MailContent[] = [
      episodeMail({
        title: nasty,
        reader: { ...samples.episodes.reader, name: nasty },
        appearance: { ...samples.episodes.appearance, serverName: nasty },
        poster: { src: "https://image.example.org/x.jpg", alt: nasty },
        reason: { kind: "attached", by: nasty, at: null },
        episodes: [{ season: 1, episode: 1, title: nasty, minutes: 50 }],
      }),
      { kind: "movie_available", props: { ...samples.movie, title: nasty, overview: nasty } },
      { kind: "test", props: { ...samples.test, to: nasty, from: nasty } },
      {
        kind: "not_in_plex",
        props: {
          ...samples.missing,
          title: nasty,
          instance: nasty,
          waiting: [nasty],
          files: [{ path: nasty, importedAt: new Date() }],
        },
      },
      {
        kind: "admin_alert",
        props: {
          ...samples.alert,
          subject: nasty,
          headline: nasty,
          lines: [nasty, nasty],
          rows: [{ label: nasty, value: nasty }],
          action: { url: "https://cinema.example.org/issues/3", label: "Open" },
        },
      },
    ];
    for (const content of mails) {
      const { html, text, subject } = await renderMail(content);
      expect(html).not.toContain("<script");
      expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&#x27; $&amp; 🎬");
      expect(text).toContain(`<script>alert(1)</script> "&' $& 🎬`);
      if (content.kind !== "test") expect(subject).toContain(`<script>alert(1)</script> "&' $& 🎬`);
    }
  });

  it("cannot leave the title element or the Outlook comment", async () => {
    const play = { webUrl: `https://app.plex.tv/?a='b'&c=--&gt;<!--`, appUrl: null };
    const { html } = await renderMail(episodeMail({ title: "</title><style>x", play }));
    expect(html).toContain("<title>&lt;/title&gt;&lt;style&gt;x");
    expect(html).not.toContain("v:roundrect");
  });

  it("reads right-to-left titles in their own direction", async () => {
    const { html, text } = await renderMail(episodeMail({ title: "شارع المد" }));
    expect(html).toMatch(/<h1[^>]*dir="auto"[^>]*>شارع المد<\/h1>/);
    expect(text).toContain("asked for \u2068شارع المد\u2069 on");
  });
});

describe("links", () => {
  it("lead to Plex through a button that Outlook draws too, and to the app", async () => {
    const { html, text } = await renderMail(episodeMail({}));
    const { webUrl, appUrl } = samples.episodes.play ?? {};
    expect(hrefs(html).filter((href) => href === webUrl)).toHaveLength(2);
    expect(html).toContain(`<!--[if mso]><v:roundrect`);
    expect(html).toContain(`href="${appUrl}"`);
    expect(text).toContain(`Play in Plex:\n${webUrl}\n`);
  });

  it("are left out when there is no address for them", async () => {
    const { html, text } = await renderMail(episodeMail({ play: null, links: noLinks }));
    expect(hrefs(html)).toEqual([]);
    for (const label of ["Play in Plex", "Mute this show", "Unsubscribe", "Choose what you get"]) {
      expect(html).not.toContain(label);
      expect(text).not.toContain(label);
    }
    expect(visible(html)).toContain("Three new episodes are on the server, Anna.");
    expect(
      text.trimEnd().endsWith("You get this because you asked for Tidewater Road on 1 November."),
    ).toBe(true);
  });

  it.each([
    "javascript:alert(1)",
    "plex://preplay/",
    "data:text/html,x",
    "//x",
    "http:x",
    "java\nscript:x",
    "https://a b",
    "",
  ])("never use %j", (address) => {
    expect(linkAddress(address)).toBeNull();
    expect(pictureAddress(address)).toBeNull();
  });

  it("keep an address exactly as it is", () => {
    const plex = "https://app.plex.tv/desktop/#!/server/x/details?key=%2Flibrary%2Fmetadata%2F1";
    expect(linkAddress(plex)).toBe(plex);
    expect(pictureAddress("cid:poster@bingealert")).toBe("cid:poster@bingealert");
    expect(linkAddress("cid:poster@bingealert")).toBeNull();
  });
});

describe("the poster", () => {
  it("is shown with its alt text in a fixed box", async () => {
    const poster = { src: "https://image.example.org/p.jpg?a=1&b=2", alt: null };
    const { html } = await renderMail(episodeMail({ poster }));
    expect(html).toContain('alt="Poster of Tidewater Road"');
    expect(html).toContain('src="https://image.example.org/p.jpg?a=1&amp;b=2"');
    expect(html).toMatch(/<img[^>]*width="148"/);
  });

  it("is a tile with the initials when there is none", async () => {
    for (const poster of [null, { src: "file:///etc/passwd", alt: null }]) {
      const { html } = await renderMail(episodeMail({ poster }));
      expect(html).not.toContain("<img");
      expect(html).toMatch(/<td[^>]*width="148"[^>]*height="222"[^>]*>TR<\/td>/);
    }
  });
});

it("uses the admin's colour, name and picture", async () => {
  const appearance = {
    serverName: "Bücherei & Söhne",
    accentColor: "#2456C8",
    logoUrl: "https://example.org/logo.png",
  };
  const { html, text } = await renderMail({ kind: "test", props: { ...samples.test, appearance } });
  expect(html).toContain('bgcolor="#2456c8"');
  expect(html).toContain("Bücherei &amp; Söhne");
  expect(html).toContain('src="https://example.org/logo.png"');
  expect(text).toContain("Bücherei & Söhne");
});
