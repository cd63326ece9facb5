import type { SampleMailKind } from "../mail-samples";
import type { SettingFieldView } from "./settings";

/** The section of the settings in which mails get their look. */
export type AppearanceView = {
  fields: SettingFieldView[];
  /** The uploaded logo as an address of its own; null when there is none. */
  logo: string | null;
  /** Given by the environment. */
  isLogoLocked: boolean;
  /** Where samples go unless another address is typed. */
  adminAddress: string;
  kinds: SampleKindView[];
};

export type SampleKindView = {
  kind: SampleMailKind;
  words: string;
  reader: "users" | "admin";
  /** Real mails of this kind, newest first. */
  past: { notificationId: number; subject: string }[];
};

/** What one sees of a mail besides its picture. */
export type MailSampleView = {
  subject: string;
  preheader: string;
  text: string;
  /** Of the HTML alone. */
  kilobytes: number;
};
