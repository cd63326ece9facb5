import { openApiDocument } from "@/lib/web/api/openapi";

export const dynamic = "force-static";

/** The API in OpenAPI 3.1. */
export function GET(): Response {
  return Response.json(openApiDocument());
}
