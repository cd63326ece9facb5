import "server-only";
import { encodeLogPlace } from "@/lib/domain/log-line";
import { getEnvironment } from "@/lib/env";
import { readLogsBack } from "@/lib/services/logs/read-logs";
import { apiRoute } from "../api-route";
import { getLogs } from "../contracts/logs";
import { iso } from "../moments";

/** What one call may spend on looking. */
const budgetMs = 500;

export const logList = apiRoute(getLogs, async ({ query }) => {
  const { q, process: name, level, since, until, after, limit } = query;
  const page = await readLogsBack(
    getEnvironment().CONFIG_DIR,
    {
      ...{ process: name ?? null, level, text: q || null, field: null },
      ...{ since: since ?? null, until: until ?? null },
    },
    after ?? null,
    { lines: limit, budgetMs },
  );
  return {
    rows: page.lines.map(({ fields, ...line }) => ({
      ...line,
      fields: Object.fromEntries(fields.map(({ name: field, value }) => [field, value])),
    })),
    next: page.older && encodeLogPlace(page.older),
    searchedTo: iso(page.searchedTo),
  };
});
