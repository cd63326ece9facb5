import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Endpoint } from "@/lib/web/api/endpoint";
import { openApiDocument } from "@/lib/web/api/openapi";

/** What the OpenAPI document promises about one status of an endpoint. */
type DocumentedAnswer = {
  /** Null when there is no body. */
  contentType: string | null;
  /** What in a body does not follow the schema; empty when all does. */
  problems: (body: unknown) => string[];
};

let validator: Ajv2020 | null = null;

/** Null when the document does not name this status. */
export function documentedAnswer(
  endpoint: Pick<Endpoint, "method" | "path">,
  status: number,
): DocumentedAnswer | null {
  const response = openApiDocument().paths?.[endpoint.path]?.[endpoint.method]?.responses?.[status];
  if (!response) return null;
  const [contentType] = Object.keys(response.content ?? {});
  if (contentType === undefined) {
    return { contentType: null, problems: (body) => (body === null ? [] : ["there is a body"]) };
  }
  const steps = ["paths", endpoint.path, endpoint.method, "responses", `${status}`, "content"];
  const check = schemas().getSchema(`document#/${pointer([...steps, contentType, "schema"])}`);
  if (!check) throw new Error(`The document has no schema for ${status} of ${endpoint.path}`);
  return {
    contentType,
    problems: (body) =>
      check(body)
        ? []
        : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`),
  };
}

/** The whole document, so that its references lead somewhere. */
function schemas(): Ajv2020 {
  if (validator) return validator;
  // Strict about keywords: one of an older OpenAPI (`nullable`) would check nothing and say nothing.
  validator = addFormats.default(
    new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }),
  ) as Ajv2020;
  validator.addVocabulary([
    "openapi",
    "info",
    "servers",
    "security",
    "components",
    "paths",
    "webhooks",
  ]);
  validator.addSchema(openApiDocument(), "document");
  return validator;
}

/** A JSON pointer in a fragment of an address: RFC 6901, section 6. */
const pointer = (steps: string[]) =>
  steps
    .map((step) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1")))
    .join("/");
