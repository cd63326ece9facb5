import http from "node:http";
import type { AddressInfo } from "node:net";

/** What Node alone can do: reads the body and says yes. Runs as a process of its own, like the web part. */
const server = http.createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.setHeader("content-type", "application/json");
    response.end('{"ok":true}');
  });
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on("disconnect", () => process.exit(0));
