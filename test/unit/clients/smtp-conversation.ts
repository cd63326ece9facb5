import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";

export type ScriptedServer = {
  port: number;
  /** Complete messages: those whose final dot arrived. */
  messages: string[];
  /** Bytes of a message that was still unfinished when its connection ended. */
  unfinished: string[];
  connections: () => number;
  /** Ends all connections; new ones are still taken. */
  hangUp: () => void;
  close: () => Promise<void>;
};

type Script = {
  greeting?: string;
  ehlo?: string;
  mail?: string;
  rcpt?: string;
  data?: string;
  /** Answer to the final dot; `hangUp` closes without one, `silence` says nothing. */
  end?: string | "hangUp" | "silence";
  /** Answers in the middle of the message, before its end. */
  early?: string;
  /** Called when the final dot has arrived. */
  onEnd?: () => void;
};

/** A mail server that answers exactly what the script says, with codes as they are on the wire. */
export async function scriptedServer(script: Script): Promise<ScriptedServer> {
  const messages: string[] = [];
  const unfinished: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let input = "";
    let body: string | null = null;
    const say = (line: string) => socket.write(`${line}\r\n`);
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      if (body !== null) unfinished.push(body);
    });
    socket.on("data", (chunk) => {
      input += chunk.toString("latin1");
      for (;;) {
        if (body !== null) {
          body += input;
          input = "";
          const dot = body.indexOf("\r\n.\r\n");
          if (dot < 0) {
            if (script.early) say(script.early);
            return;
          }
          messages.push(body.slice(0, dot));
          input = body.slice(dot + 5);
          body = null;
          script.onEnd?.();
          const end = script.end ?? "250 2.0.0 queued as 1";
          if (end === "hangUp") return void socket.destroy();
          if (end !== "silence") say(end);
          continue;
        }
        const line = input.indexOf("\r\n");
        if (line < 0) return;
        const command = input.slice(0, line).toUpperCase();
        input = input.slice(line + 2);
        if (command.startsWith("EHLO")) say(script.ehlo ?? "250 test");
        else if (command.startsWith("MAIL")) say(script.mail ?? "250 ok");
        else if (command.startsWith("RCPT")) say(script.rcpt ?? "250 ok");
        else if (command.startsWith("RSET")) say("250 ok");
        else if (command.startsWith("QUIT")) say("221 bye");
        else if (command.startsWith("DATA")) {
          const answer = script.data ?? "354 go ahead";
          say(answer);
          if (answer.startsWith("354")) body = "";
        } else say("502 unknown");
      }
    });
    if (script.greeting !== "") say(script.greeting ?? "220 test");
  });
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    messages,
    unfinished,
    connections: () => connections,
    hangUp,
    async close() {
      hangUp();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
  };
}
