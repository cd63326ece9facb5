import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** Where the server falls silent: before its greeting, when DATA was asked for, or when it has the whole message. */
export type Hold = "greeting" | "data" | "answer";

/** A conversation in which the server fell silent. */
type Held = { at: Hold; socket: Socket };

/**
 * A small SMTP server that can fall silent at an exact point of the conversation, so that a kill falls exactly there.
 * Only for one mail after the other.
 */
export class HoldingMailServer {
  /** Messages received to their end, whatever was answered, oldest first. */
  readonly messages: string[] = [];
  /** Messages of which the end never came. */
  broken = 0;
  private hold: Hold | null = null;
  private held: Held | null = null;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => this.converse(socket));

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** The next conversation to reach that point finds the server silent; later ones do not. Idle ones are ended. */
  holdNext(at: Hold): void {
    this.hold = at;
    this.held = null;
    for (const socket of this.sockets) socket.destroy();
  }

  /** Whether a conversation waits for an answer that does not come. */
  get isHolding(): boolean {
    return this.held !== null;
  }

  /** Ends the held conversation without a word. */
  hangUp(): void {
    this.held?.socket.destroy();
  }

  /** Messages received to their end that carry this text. */
  copiesOf(text: string): number {
    return this.messages.filter((message) => message.includes(text)).length;
  }

  private converse(socket: Socket): void {
    let message: string | null = null;
    let line = "";
    const say = (words: string) => socket.write(`${words}\r\n`);
    this.sockets.add(socket);
    socket.setEncoding("utf8");
    socket.on("error", () => {});
    socket.on("close", () => {
      this.sockets.delete(socket);
      if (message !== null) this.broken += 1;
    });
    socket.on("data", (text: string) => {
      if (message !== null) message += text;
      else line += text;
      if (message === null) {
        for (let end = line.indexOf("\r\n"); end >= 0; end = line.indexOf("\r\n")) {
          const command = line.slice(0, end).split(" ")[0]?.toUpperCase() ?? "";
          line = line.slice(end + 2);
          if (command === "DATA") {
            if (this.isSilent("data", socket)) return;
            message = line;
            line = "";
            say("354 go on");
          } else if (command === "EHLO") say("250 mail.example.net");
          else if (command === "QUIT") socket.end("221 bye\r\n");
          else say("250 ok");
        }
      } else if (message.endsWith("\r\n.\r\n")) {
        this.messages.push(message);
        message = null;
        if (!this.isSilent("answer", socket)) say("250 2.0.0 taken");
      }
    });
    if (!this.isSilent("greeting", socket)) say("220 mail.example.net ESMTP");
  }

  private isSilent(at: Hold, socket: Socket): boolean {
    if (this.hold !== at) return false;
    this.hold = null;
    this.held = { at, socket };
    return true;
  }
}
