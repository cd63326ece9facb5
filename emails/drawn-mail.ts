import type { ReactNode } from "react";
import type { MailWords } from "@/lib/domain/mail-words";
import type { Footer } from "./footer";
import type { Palette } from "./palette";

/** What a template makes of its props: rows for the card, the same facts as text blocks, and its footer. */
export type DrawnMail = { card: ReactNode; text: (string | null)[]; footer: Footer };

/** A template: one kind of mail, drawn twice from the same words. */
export type Template<Props> = (props: Props, words: MailWords, palette: Palette) => DrawnMail;

/** Longest title a mail shows. */
export const shownTitleLength = 120;
