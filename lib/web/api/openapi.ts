import {
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type RouteConfig,
} from "@asteasolutions/zod-to-openapi";
import type { z } from "zod";
import * as activity from "./contracts/activity";
import * as alerts from "./contracts/alerts";
import * as appearance from "./contracts/appearance";
import * as backups from "./contracts/backups";
import * as health from "./contracts/health";
import * as inboundEvents from "./contracts/inbound-events";
import * as issues from "./contracts/issues";
import * as jobs from "./contracts/jobs";
import * as logs from "./contracts/logs";
import * as maintenance from "./contracts/maintenance";
import * as notifications from "./contracts/notifications";
import * as requests from "./contracts/requests";
import * as security from "./contracts/security";
import * as services from "./contracts/services";
import * as settings from "./contracts/settings";
import * as statistics from "./contracts/statistics";
import * as stats from "./contracts/stats";
import * as system from "./contracts/system";
import * as upcoming from "./contracts/upcoming";
import * as users from "./contracts/users";
import { type Endpoint, nothing } from "./endpoint";
import { refusalBody } from "./refusal";

/** Every endpoint there is; a test compares them with the route files. */
export const endpoints: readonly Endpoint[] = [
  requests.getRequests,
  requests.postRequest,
  requests.getSearch,
  requests.getTitle,
  requests.getRequest,
  requests.getTimeline,
  requests.postCheck,
  requests.postWatcher,
  requests.postWatchers,
  requests.deleteWatcher,
  upcoming.getUpcoming,
  upcoming.postCalendarLink,
  upcoming.deleteCalendarLink,
  users.getUsers,
  users.getUser,
  users.getUserTitles,
  users.postUserLink,
  users.deleteUserLinks,
  users.patchUser,
  notifications.getNotifications,
  notifications.getNotification,
  notifications.postSend,
  notifications.postResend,
  notifications.postCancel,
  notifications.postRelease,
  notifications.postHeld,
  notifications.postTestMail,
  issues.getIssues,
  issues.getIssue,
  issues.postFix,
  issues.postResolve,
  inboundEvents.getInboundEvents,
  inboundEvents.getInboundEvent,
  inboundEvents.postReplay,
  jobs.getJobs,
  jobs.postRun,
  jobs.getRun,
  jobs.postFailingRetry,
  jobs.postFailingDiscard,
  services.getServices,
  services.postService,
  services.patchService,
  services.deleteService,
  services.postServiceTest,
  services.postServiceWebhook,
  settings.getSettings,
  settings.patchSettings,
  appearance.getMailLogo,
  appearance.putMailLogo,
  appearance.deleteMailLogo,
  appearance.getMailSamples,
  appearance.getMailSample,
  appearance.postMailSample,
  alerts.getAlerts,
  alerts.postAlertTest,
  maintenance.getMaintenance,
  maintenance.postMaintenance,
  maintenance.patchMaintenance,
  maintenance.postMaintenanceCancel,
  maintenance.postMaintenanceEnd,
  backups.getBackups,
  backups.postBackup,
  backups.postBackupUpload,
  backups.getBackupFile,
  backups.postRestore,
  backups.deleteBackup,
  backups.getSwallowed,
  backups.postSwallowedRelease,
  health.getHealth,
  stats.getStats,
  statistics.getStatistics,
  activity.getActivity,
  security.getApiKeys,
  security.deleteApiKey,
  security.getSessions,
  security.deleteSession,
  system.postRestart,
  logs.getLogs,
];

type OpenApiDocument = ReturnType<OpenApiGeneratorV31["generateDocument"]>;
let made: OpenApiDocument | null = null;

/** The OpenAPI 3.1 document, made once from the schemas that check requests and answers. */
export function openApiDocument(): OpenApiDocument {
  made ??= makeDocument();
  return made;
}

function makeDocument(): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  for (const endpoint of endpoints) registry.registerPath(routeOf(endpoint));
  registry.registerComponent("securitySchemes", "ApiKey", {
    type: "apiKey",
    in: "header",
    name: "X-Api-Key",
  });
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "BingeAlert",
      version: "1",
      description:
        "Requests with their timelines, people, mails, webhooks as they arrived, and workers. Moments are in UTC. A refusal is `{ error: { code, message } }`. Lists are read page by page: give `next` as `after`.",
    },
    // Relative to this document, so that it holds behind a proxy with a path of its own.
    servers: [{ url: "./api/v1" }],
    // The second: a session, the local network, or a login that is off.
    security: [{ ApiKey: [] }, {}],
  });
}

function routeOf(endpoint: Endpoint): RouteConfig {
  return {
    method: endpoint.method,
    path: endpoint.path,
    operationId: operationId(endpoint),
    tags: [endpoint.tag],
    ...(endpoint.open && { security: [] }),
    ...(endpoint.needs === "no_key" && { security: [{}] }),
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    request: {
      ...(endpoint.params === nothing ? {} : { params: endpoint.params as z.ZodObject }),
      ...(endpoint.query === nothing ? {} : { query: endpoint.query as z.ZodObject }),
      ...(endpoint.bytes === "body" ? { body: { required: true, content: file } } : {}),
      ...(endpoint.body === nothing
        ? {}
        : { body: { required: true, content: json(endpoint.body) } }),
    },
    responses: {
      [endpoint.status]:
        endpoint.status === 204
          ? { description: "Done" }
          : {
              description: "Done",
              content: endpoint.bytes === "answer" ? file : json(endpoint.response),
            },
      ...(endpoint.sameBody && {
        [endpoint.sameBody.status]: {
          description: endpoint.sameBody.words,
          content: json(endpoint.response),
        },
      }),
      ...refusals(endpoint),
    },
  };
}

function refusals(endpoint: Endpoint): RouteConfig["responses"] {
  const words: Record<number, string> = {
    ...(!endpoint.open && {
      401: "Login is on, and no key or session came with the request; or the key is wrong",
      403: "The key may not do this, the request came from another site, or under an unknown name",
      429: "Too many calls, or too many wrong keys",
    }),
    500: "Something went wrong here; the log says more",
  };
  if (![endpoint.params, endpoint.query, endpoint.body].every((part) => part === nothing)) {
    words[400] = "Something in the request does not fit";
  }
  if (endpoint.method !== "get" && endpoint.bytes !== "body") {
    words[400] = "Something in the request does not fit";
    words[413] = "The body is larger than 1 MB";
    words[415] = "The body is not sent as application/json";
  }
  if (endpoint.bytes === "body") {
    words[400] = "It is no backup, or was sent as something else";
    words[413] = "It is larger than 8 GB";
  }
  Object.assign(words, endpoint.refusals);
  return Object.fromEntries(
    Object.entries(words).map(([status, description]) => [
      status,
      { description, content: json(refusalBody) },
    ]),
  );
}

const file = {
  "application/octet-stream": { schema: { type: "string" as const, format: "binary" } },
};
const json = (schema: z.ZodType) => ({ "application/json": { schema } });

/** `getRequests`, `postRequestsWatchers`, from the method and the fixed parts of the path. */
function operationId({ method, path }: Endpoint): string {
  const parts = path
    .split("/")
    .filter((part) => part !== "")
    .map((part) => part.replace(/[{}]/g, ""))
    .map((part) => part.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase()));
  return method + parts.join("");
}
