import Link from "next/link";
import { below } from "@/lib/base-path";
import { Button } from "../ui/button";
import { Seg } from "../ui/tabs";

/** The head of both pages about the API: what it is, the two ways to look at it, and the document itself. */
export function ApiDocsHead({ current }: { current: "swagger" | "redoc" }) {
  return (
    <div className="mb-5 flex flex-wrap items-end gap-x-6 gap-y-3 max-md:px-1">
      <div className="min-w-0 flex-1 basis-[320px]">
        <h1 className="verdict">Everything this dashboard does, a program can do, too.</h1>
        <p className="mt-1 text-muted-foreground">
          Keys are made under{" "}
          <Link href="/settings/security" className="font-medium text-primary-text">
            Settings, Sign-in and security
          </Link>{" "}
          and sent as <code className="whitespace-nowrap">X-Api-Key</code>. In this browser you are
          in already. Moments are in UTC; lists are read page by page: give <code>next</code> as{" "}
          <code>after</code>.
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Seg
          label="Viewer"
          items={[
            { href: "/docs", label: "Swagger UI", current: current === "swagger" },
            { href: "/redoc", label: "ReDoc", current: current === "redoc" },
          ]}
        />
        <Button asChild variant="secondary">
          <a href={below("/openapi.json")}>openapi.json</a>
        </Button>
      </div>
    </div>
  );
}
