import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers like Cloudflare's siteverify: each token that begins with `good` counts once. */
export class FakeTurnstile {
  /** `hang_up` closes the connection without an answer; `nonsense` answers with a web page. */
  mood: "answer" | "hang_up" | "nonsense" | "redirect" = "answer";
  readonly asked: { secret: string; response: string; remoteip: string | null }[] = [];
  #used = new Set<string>();
  #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      request.on("end", () => {
        const sent = new URLSearchParams(body);
        const token = sent.get("response") ?? "";
        this.asked.push({
          secret: sent.get("secret") ?? "",
          response: token,
          remoteip: sent.get("remoteip"),
        });
        if (this.mood === "hang_up") return void request.socket.destroy();
        if (this.mood === "redirect") {
          return void response.writeHead(302, { location: `${this.url}/elsewhere` }).end();
        }
        if (this.mood === "nonsense") {
          return void response.writeHead(200, { "content-type": "text/html" }).end("<html>");
        }
        const codes = this.#used.has(token)
          ? ["timeout-or-duplicate"]
          : token.startsWith("good")
            ? []
            : ["invalid-input-response"];
        this.#used.add(token);
        response
          .writeHead(200, { "content-type": "application/json" })
          .end(JSON.stringify({ success: codes.length === 0, "error-codes": codes }));
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
