import { z } from "zod";

/** What an endpoint takes and gives. The route is made from it, and so is the OpenAPI document. */
export type Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** As OpenAPI writes it, below `/api/v1`: `/requests/{id}`. */
  path: `/${string}`;
  tag:
    | "Requests"
    | "Users"
    | "Notifications"
    | "Issues"
    | "Inbox"
    | "Jobs"
    | "Health"
    | "Services"
    | "Security"
    | "System"
    | "Settings"
    | "Appearance"
    | "Maintenance"
    | "Backups";
  summary: string;
  description?: string;
  /** Answered to everybody alike: it asks for no key, and refuses nobody. */
  open?: true;
  /** When the method does not say it all. */
  needs?: "read_all" | "no_key";
  /** What is no JSON but a file. */
  bytes?: "answer" | "body";
  params: P;
  query: Q;
  body: B;
  response: R;
  /** Of a good answer. 204 has no body. */
  status: 200 | 201 | 202 | 204;
  /** The same body comes with this status too, and when. */
  sameBody?: { status: 503; words: string };
  /** Refusals beyond 400, 403 and 500, and when they come. */
  refusals: Partial<Record<404 | 409 | 502 | 503, string>>;
};

type Written<P, Q, B, R> = Pick<
  Endpoint,
  "method" | "path" | "tag" | "summary" | "description" | "open" | "needs" | "bytes" | "sameBody"
> & {
  params?: P;
  query?: Q;
  body?: B;
  response: R;
  status?: Endpoint["status"];
  refusals?: Endpoint["refusals"];
};

/** Takes nothing. */
export const nothing = z.strictObject({});
export type Nothing = typeof nothing;

/** Describes one endpoint; what is left out takes nothing. */
export function endpoint<
  R extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(written: Written<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    status: 200,
    refusals: {},
    ...written,
    // The defaults of P, Q and B say the same as these.
    params: written.params ?? (nothing as unknown as P),
    query: written.query ?? (nothing as unknown as Q),
    body: written.body ?? (nothing as unknown as B),
  };
}
