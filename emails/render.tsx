import type { MailContent, RenderedMail } from "@/lib/domain/mail";
import { type MailWords, mailPreheader, mailSubject, mailWords } from "@/lib/domain/mail-words";
import { adminAlert } from "./admin-alert";
import { comingSoon } from "./coming-soon";
import { dailyDigest } from "./daily-digest";
import type { DrawnMail } from "./drawn-mail";
import { episodesAvailable } from "./episodes-available";
import { issueReceived, issueResolved } from "./issue";
import { Layout, shownServerName } from "./layout";
import { maintenance } from "./maintenance";
import { movieAvailable } from "./movie-available";
import { notInPlex } from "./not-in-plex";
import { type Palette, palette } from "./palette";
import { personalLink } from "./personal-link";
import { plainText } from "./plain-text";
import { qualityWaiting } from "./quality-waiting";
import { render } from "./react-email";
import { testMail } from "./test-mail";
import { weeklySummary } from "./weekly-summary";

function draw(mail: MailContent, words: MailWords, colors: Palette): DrawnMail {
  switch (mail.kind) {
    case "episodes_available":
      return episodesAvailable(mail.props, words, colors);
    case "movie_available":
      return movieAvailable(mail.props, words, colors);
    case "daily_digest":
      return dailyDigest(mail.props, words, colors);
    case "test":
      return testMail(mail.props, words, colors);
    case "not_in_plex":
      return notInPlex(mail.props, words, colors);
    case "coming_soon":
      return comingSoon(mail.props, words, colors);
    case "quality_waiting":
      return qualityWaiting(mail.props, words, colors);
    case "issue_received":
      return issueReceived(mail.props, words, colors);
    case "issue_resolved":
      return issueResolved(mail.props, words, colors);
    case "maintenance":
      return maintenance(mail.props, words, colors);
    case "personal_link":
      return personalLink(mail.props, words, colors);
    case "weekly_summary":
      return weeklySummary(mail.props, words, colors);
    case "admin_alert":
      return adminAlert(mail.props, words, colors);
  }
}

/**
 * Renders a mail to its subject, HTML and plain text: the same content gives the same mail, byte by byte. A `sample`
 * says so in its subject, its preheader and above its card, so that nobody takes it for news.
 */
export async function renderMail(
  mail: MailContent,
  as: "news" | "sample" = "news",
): Promise<RenderedMail> {
  const { appearance, reader } = mail.props;
  const colors = palette(appearance.accentColor);
  const words = mailWords(reader.language);
  const note = as === "sample" ? words.sample.note : null;
  const subject = note ? words.sample.subject(mailSubject(mail)) : mailSubject(mail);
  const preheader = [note, mailPreheader(mail)].filter(Boolean).join(" ");
  const { card, text, footer } = draw(mail, words, colors);
  const html = await render(
    <Layout
      subject={subject}
      preheader={preheader}
      note={note}
      appearance={appearance}
      language={reader.language}
      palette={colors}
      footer={footer}
    >
      {card}
    </Layout>,
  );
  return {
    subject,
    preheader,
    html,
    text: plainText([note, ...text], shownServerName(appearance.serverName), footer),
  };
}
