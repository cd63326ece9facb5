import { requireCaller } from "@/lib/web/api/caller";
import { openApiDocument } from "@/lib/web/api/openapi";
import { refusalOf } from "@/lib/web/api/refusal";

export const dynamic = "force-dynamic";

/** The API in OpenAPI 3.1, for whoever may call it. */
export async function GET(request: Request): Promise<Response> {
  try {
    await requireCaller(request);
  } catch (error) {
    return refusalOf(error, { method: "get", path: "/openapi.json" });
  }
  return Response.json(openApiDocument());
}
