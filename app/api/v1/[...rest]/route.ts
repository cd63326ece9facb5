import { refuse } from "@/lib/web/api/refusal";

/** What the API does not have is answered like everything else it refuses. */
function answer(): Response {
  return refuse(404, { code: "not_found", message: "The API has nothing at this address" });
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
