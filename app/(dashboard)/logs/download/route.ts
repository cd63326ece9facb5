import { downloadLogs } from "@/lib/web/log-download";

export const dynamic = "force-dynamic";

/** The kept lines as a file. */
export async function GET(request: Request): Promise<Response> {
  return downloadLogs(Object.fromEntries(new URL(request.url).searchParams));
}
