import type { Metadata } from "next";
import { ApiDocsHead } from "@/components/api-docs/head";
import { RedocView } from "@/components/api-docs/redoc-view";
import { Page } from "@/components/shell/page";
import { below } from "@/lib/base-path";
import { requireViewer } from "@/lib/web/viewer";

export const metadata: Metadata = { title: "API" };

export default async function RedocPage() {
  await requireViewer();
  return (
    <Page title="API">
      <ApiDocsHead current="redoc" />
      <RedocView address={below("/openapi.json")} />
    </Page>
  );
}
