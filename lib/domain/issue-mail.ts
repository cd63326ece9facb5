import { z } from "zod";
import { issueTypes } from "./issue";
import type { IssueMailProps, MailContent } from "./mail";

/** What the notification of an issue keeps, and the mail that is drawn from it. */

export const issueMailKinds = ["issue_received", "issue_resolved"] as const;
export type IssueMailKind = (typeof issueMailKinds)[number];

export const issueMailFacts = z.object({
  issueId: z.number().int(),
  type: z.enum(issueTypes),
  mediaType: z.enum(["movie", "tv"]).nullable(),
  title: z.string(),
  year: z.number().int().nullable(),
  isFourK: z.boolean(),
  season: z.number().int().nullable(),
  episode: z.number().int().nullable(),
  message: z.string().nullable(),
  reportedAt: z.coerce.date(),
  /** What happens now, in “received”. */
  next: z.enum(["searching", "admin"]).nullable(),
  /** What was replaced, in “resolved”. */
  mediaKeys: z.array(z.string()),
  quality: z.string().nullable(),
});
export type IssueMailFacts = z.infer<typeof issueMailFacts>;

/** Whether a kind of notification is about an issue and goes to its reporter. */
export const isIssueMail = (kind: string): kind is IssueMailKind =>
  (issueMailKinds as readonly string[]).includes(kind);

/** The mail about an issue. */
export function issueMail(
  kind: IssueMailKind,
  { issueId: _, mediaKeys: __, type: problem, ...facts }: IssueMailFacts,
  common: Omit<IssueMailProps, keyof IssueMailFacts | "problem">,
): MailContent {
  return { kind, props: { ...common, ...facts, problem } };
}
