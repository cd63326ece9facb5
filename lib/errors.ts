/** Codes an {@link AppError} may carry; each transport maps them once to its own answer. */
export type AppErrorCode =
  | "bad_request"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_large"
  | "rate_limited"
  | "not_configured"
  | "unavailable"
  | "internal";

const statusOfCode: Record<AppErrorCode, number> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  not_configured: 409,
  unavailable: 503,
  internal: 500,
};

/**
 * A failure of ours with a code. `message` is a sentence that may be shown to people;
 * what strangers must not see belongs in `cause`.
 */
export class AppError extends Error {
  override readonly name: string = "AppError";
  readonly code: AppErrorCode;
  /** HTTP status that belongs to the code. */
  readonly status: number;

  constructor(code: AppErrorCode, message: string, options?: { status?: number; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options?.status ?? statusOfCode[code];
  }
}

/** How a call to another service failed. */
export type UpstreamErrorKind = "dns" | "refused" | "tls" | "timeout" | "auth" | "status" | "parse";

export interface UpstreamErrorDetails {
  /** The service as the admin knows it, for example `sonarr`, `plex`, `smtp`. */
  service: string;
  kind: UpstreamErrorKind;
  /** Shown to the admin: no key, token or query string in it. */
  message: string;
  /** Default: dns, refused and timeout are worth another try; status when 408, 429 or 5xx. */
  retryable?: boolean;
  /** HTTP status or SMTP reply code, when there was an answer. */
  status?: number;
  /** Method and path of what was asked over HTTP, without a query string. */
  asked?: string | undefined;
  cause?: unknown;
}

/** Another service failed us: unreachable, refused the credentials, or answered nonsense. */
export class UpstreamError extends Error {
  override readonly name: string = "UpstreamError";
  readonly service: string;
  readonly kind: UpstreamErrorKind;
  readonly retryable: boolean;
  readonly status: number | undefined;
  readonly asked: string | undefined;

  constructor(details: UpstreamErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.service = details.service;
    this.kind = details.kind;
    this.status = details.status;
    this.asked = details.asked;
    this.retryable = details.retryable ?? retryableByDefault(details.kind, details.status);
  }
}

function retryableByDefault(kind: UpstreamErrorKind, status: number | undefined): boolean {
  switch (kind) {
    case "dns":
    case "refused":
    case "timeout":
      return true;
    case "status":
      return status === undefined || status === 408 || status === 429 || status >= 500;
    case "tls":
    case "auth":
    case "parse":
      return false;
  }
}

/** Codes of failures that stay as they are until somebody changes something. */
const lastingCodes: ReadonlySet<AppErrorCode> = new Set(["bad_request", "not_found", "too_large"]);

/** Whether trying again would only fail again. What is not configured may be so by then. */
export function isLasting(error: unknown): boolean {
  return error instanceof AppError && lastingCodes.has(error.code);
}
