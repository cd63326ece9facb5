import "server-only";
import { askForRestart } from "../../restart";
import { apiRoute } from "../api-route";
import { postRestart } from "../contracts/system";

export const systemRestart = apiRoute(postRestart, async ({ note }) => {
  const restarts = askForRestart();
  note({ after: { restarts } });
  return { restarts };
});
