import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { endpoints, openApiDocument } from "@/lib/web/api/openapi";
import { dashboardActions } from "@/test/support/dashboard-actions";
import { documentPath, loadRoute, routeAddresses } from "./api-in-process";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

test("the document names every route of the API, and none that is not there", async () => {
  const served: string[] = [];
  for (const address of routeAddresses("api/v1")) {
    if (address.includes("[...")) continue;
    const route = await loadRoute(address);
    for (const method of methods)
      if (route[method]) served.push(`${method} ${documentPath(address)}`);
  }
  const described = endpoints.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(described.sort(), "add the endpoint to lib/web/api/openapi.ts").toEqual(served.sort());
});

test("the document is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  // As a client reads it; the validator also changes what it is given.
  const document = JSON.parse(JSON.stringify(openApiDocument()));
  expect(await validator.validate(document)).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
});

test("the document has an id for each operation and a schema for each answer", () => {
  const document = openApiDocument();
  const operations = Object.values(document.paths ?? {}).flatMap((item) =>
    Object.values(item as Record<string, { operationId: string; responses: object }>),
  );
  expect(operations).toHaveLength(endpoints.length);
  expect(new Set(operations.map((operation) => operation.operationId)).size).toBe(endpoints.length);
  expect(document.paths?.["/requests"]?.get?.parameters).toContainEqual({
    name: "limit",
    in: "query",
    required: false,
    description: "Rows per page",
    schema: {
      type: "integer",
      minimum: 1,
      maximum: 200,
      default: 50,
      description: "Rows per page",
    },
  });
  expect(document.components?.schemas).toHaveProperty("RequestSummary");
  expect(document.components?.schemas).toHaveProperty("Refusal");
  // Whatever zod cannot express would be left empty.
  expect(JSON.stringify(document)).not.toContain('"schema":{}');
});

test("the API does what the dashboard does, or it is said why not", () => {
  const written = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(path.join("app", file), "utf8"))
    .filter((text) => /^\s*["']use server["']/m.test(text))
    .flatMap((text) => [...text.matchAll(/^export (?:async function|const) (\w+)/gm)])
    .flatMap(([, name]) => (name ? [name] : []));
  expect(
    Object.keys(dashboardActions).sort(),
    "name its operation in test/support/dashboard-actions.ts, or why there is none",
  ).toEqual(written.sort());
  const operations = endpoints.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  const named = Object.values(dashboardActions).filter((entry) => typeof entry === "string");
  expect(named.filter((operation) => !operations.includes(operation))).toEqual([]);
});

test("the open health asks for nothing: no key, and no refusal of one that is missing", () => {
  const operation = openApiDocument().paths?.["/health"]?.get;
  expect(operation?.security).toEqual([]);
  expect(Object.keys(operation?.responses ?? {})).toEqual(["200", "500", "503"]);
  expect(openApiDocument().paths?.["/stats"]?.get?.responses).toHaveProperty("401");
});
