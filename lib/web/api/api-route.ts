import "server-only";
import type { z } from "zod";
import type { AuditArea } from "@/lib/domain/audit";
import type { Change } from "../admin-action";
import { writeAudit } from "../audit";
import { readBody } from "../read-body";
import { requireCaller } from "./caller";
import type { Endpoint } from "./endpoint";
import { fieldWords, refusalOf, refuse } from "./refusal";

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
  /** Who is written down as the one who did it. */
  actor: string;
  /** What gives somebody a way in is not for the holder of a key: it would outlive the key. */
  byKey: boolean;
  /** What the audit says beyond the input; null when nothing was changed, and so nothing is to be written down. */
  note: (change: Change | null) => void;
};

type RouteHandler = (
  request: Request,
  place: { params: Promise<Record<string, unknown> | undefined> },
) => Promise<Response>;

const largestBody = 1024 * 1024;

const areaOf = {
  Requests: "requests",
  Users: "users",
  Notifications: "mails",
  Issues: "issues",
  Inbox: "inbox",
  Jobs: "jobs",
  Health: "jobs",
  Services: "services",
  Security: "security",
  System: "jobs",
  Settings: "settings",
  Appearance: "settings",
  Maintenance: "maintenance",
  Backups: "backups",
} as const satisfies Record<Endpoint["tag"], AuditArea>;

/**
 * Makes a route of an endpoint and what answers it: checks the caller, parses what was sent, writes the audit of a
 * change, and turns what is thrown into a refusal.
 */
export function apiRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  endpoint: Endpoint<P, Q, B, R>,
  answer: (input: Input<P, Q, B>) => Promise<z.input<R>>,
): RouteHandler {
  return async (request, place) => {
    try {
      const { actor, address, byKey } = await requireCaller(request, endpoint.needs);
      const body = await readJson(request, endpoint);
      if (body.kind === "refused") return body.response;
      const params = endpoint.params.safeParse((await place.params) ?? {});
      const query = endpoint.query.safeParse(queryOf(request.url));
      const parsed = endpoint.body.safeParse(body.value);
      if (!params.success || !query.success || !parsed.success) {
        const wrong = [params, query, parsed].flatMap(({ error }) =>
          error ? [fieldWords(error)] : [],
        );
        return refuse(400, {
          code: "bad_request",
          message: "Something in this request does not fit",
          fields: Object.assign({}, ...wrong),
        });
      }
      let noted: Change | null = {};
      const result = await answer({
        params: params.data,
        query: query.data,
        body: parsed.data,
        actor,
        byKey,
        note: (change) => {
          noted = change;
        },
      });
      if (endpoint.method !== "get" && noted) {
        const { pathname } = new URL(request.url);
        const after = { ...(query.data as object), ...(parsed.data as object) };
        await writeAudit({
          ...{ actor, address, area: areaOf[endpoint.tag], action: endpoint.summary },
          ...{ subject: pathname, after, ...noted },
        });
      }
      // What the document promises is what is sent: shown wrong before anybody else sees it.
      if (process.env.NODE_ENV !== "production") endpoint.response.parse(result);
      const headers = { "Cache-Control": "no-store" };
      return endpoint.status === 204
        ? new Response(null, { status: 204, headers })
        : Response.json(result, { status: endpoint.status, headers });
    } catch (error) {
      return refusalOf(error, { method: endpoint.method, path: endpoint.path });
    }
  };
}

/** An empty parameter, as forms send it, is an absent one. */
function queryOf(url: string): Record<string, string> {
  return Object.fromEntries([...new URL(url).searchParams].filter(([, value]) => value !== ""));
}

async function readJson(
  request: Request,
  endpoint: Pick<Endpoint, "method">,
): Promise<{ kind: "json"; value: unknown } | { kind: "refused"; response: Response }> {
  if (endpoint.method === "get") return { kind: "json", value: {} };
  const read = await readBody(request, largestBody);
  const refused = (response: Response) => ({ kind: "refused" as const, response });
  if (read.kind === "too_large") {
    return refused(refuse(413, { code: "too_large", message: "The body is larger than 1 MB" }));
  }
  if (read.bytes.length === 0) return { kind: "json", value: {} };
  // Pages of other sites can send any other format without asking first.
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) {
    return refused(
      refuse(415, { code: "wrong_format", message: "Send the body as application/json" }),
    );
  }
  try {
    return { kind: "json", value: JSON.parse(read.bytes.toString("utf8")) };
  } catch {
    return refused(refuse(400, { code: "bad_request", message: "The body is not JSON" }));
  }
}
