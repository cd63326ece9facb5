import http from "node:http";

/** What to send, byte for byte where it matters: a client that lies is not held to what fetch allows. */
export type RawRequest = {
  method?: string;
  /** Sent as it is: no normalisation of dots, slashes or escapes. */
  path: string;
  /** Names and values in turn may repeat. `Host` is sent only if it is here. */
  headers?: [string, string][];
  body?: string | Buffer;
  /** The address of this machine that the connection comes from, such as 127.0.0.9. */
  from?: string;
};

export type RawAnswer = {
  status: number;
  headers: http.IncomingHttpHeaders;
  cookies: string[];
  text: string;
};

/** One request on a connection of its own. */
export function ask(port: number, request: RawRequest): Promise<RawAnswer> {
  const headers = request.headers ?? [];
  const hasHost = headers.some(([name]) => name.toLowerCase() === "host");
  const raw = [...(hasHost ? [] : [["Host", `127.0.0.1:${port}`] as const]), ...headers];
  const length =
    request.body === undefined ? [] : ["Content-Length", `${Buffer.byteLength(request.body)}`];
  return new Promise((resolve, reject) => {
    const sent = http.request(
      {
        host: "127.0.0.1",
        port,
        method: request.method ?? "GET",
        path: request.path,
        headers: [...raw.flat(), ...length],
        agent: false,
        timeout: 60_000,
        ...(request.from === undefined ? {} : { localAddress: request.from }),
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            cookies: answer.headers["set-cookie"] ?? [],
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.on("timeout", () => sent.destroy(new Error("no answer in 60 s")));
    sent.end(request.body);
  });
}
