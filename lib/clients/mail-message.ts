import MailComposer from "nodemailer/lib/mail-composer";

export type MessageParts = {
  /** An address, or `Name <address>`. */
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** With angle brackets; the same for every attempt at one mail. */
  messageId: string;
  date: Date;
  /** Further headers, such as List-Unsubscribe. */
  headers?: Record<string, string>;
  /** Pictures the HTML refers to as `cid:…`. */
  attachments?: { cid: string; filename: string; contentType: string; content: Buffer }[];
};

/** Builds the finished message: multipart, encoded, with CRLF line ends. */
export function composeMessage(parts: MessageParts): Promise<Buffer> {
  const { attachments = [], headers = {}, ...rest } = parts;
  const composer = new MailComposer({
    ...rest,
    headers,
    attachments: attachments.map((attachment) => ({
      ...attachment,
      contentDisposition: "inline" as const,
    })),
    newline: "win",
    // Nothing in a mail may make the server read its own files or addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
