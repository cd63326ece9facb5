import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { BrandMark } from "@/components/brand-mark";
import { LoginForm } from "@/components/login/login-form";
import { localPath } from "@/lib/domain/access";
import { loadLogin } from "@/lib/web/loaders/login";
import { signInAction } from "./actions";

export const metadata: Metadata = { title: "Sign in" };
export const dynamic = "force-dynamic";

export default async function LoginPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string | string[] }>;
}) {
  const [{ next }, login, sent] = await Promise.all([searchParams, loadLogin(), headers()]);
  const wanted = localPath(Array.isArray(next) ? next[0] : next);
  if (login.kind === "not_needed") redirect(wanted);
  return (
    <main className="lamp-beam grid min-h-dvh place-items-center p-6">
      <div className="w-full max-w-[360px]">
        <div className="mb-7 flex flex-col items-center gap-4">
          <BrandMark className="size-11" />
          <h1 className="text-[22px]/[28px] font-semibold tracking-[-0.022em]">
            Sign in to BingeAlert
          </h1>
        </div>
        <LoginForm
          action={signInAction}
          next={wanted}
          turnstileSiteKey={login.turnstileSiteKey}
          nonce={sent.get("x-nonce") ?? ""}
          hasAccount={login.hasAccount}
        />
        <p className="mt-6 text-center text-xs text-balance text-subtle-foreground">
          Locked out? Reset the password on the server itself.
        </p>
      </div>
    </main>
  );
}
