import { z } from "zod";
import { endpoint } from "../endpoint";

export const postRestart = endpoint({
  method: "post",
  path: "/restart",
  tag: "System",
  summary: "Restart the processes of this server",
  description:
    "Web and worker end what they are at and start anew; the database stays. Processes on other servers go on.",
  status: 202,
  response: z.strictObject({
    restarts: z.array(z.enum(["web", "worker"])).meta({ description: "What starts anew" }),
  }),
  refusals: { 409: "BingeAlert does not start its own processes here" },
});
