import type { Metadata } from "next";
import { ApiDocsHead } from "@/components/api-docs/head";
import { SwaggerView } from "@/components/api-docs/swagger-view";
import { Page } from "@/components/shell/page";
import { below } from "@/lib/base-path";
import { requireViewer } from "@/lib/web/viewer";

export const metadata: Metadata = { title: "API" };

export default async function DocsPage() {
  await requireViewer();
  return (
    <Page title="API">
      <ApiDocsHead current="swagger" />
      <SwaggerView address={below("/openapi.json")} />
    </Page>
  );
}
