import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { DrizzleAdapter } from "@auth/drizzle-adapter";
import { headers } from "next/headers";
import NextAuth, { CredentialsSignin, type NextAuthConfig, type Session } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { log } from "@/lib/log";
import { readClientAddress } from "@/lib/runtime/peer-address";
import { type SignIn, signIn as tryToSignIn } from "@/lib/services/access/sign-in";
import {
  type AdminSession,
  authTables,
  deleteAdminSession,
  findAdminSession,
  insertAdminSession,
  touchAdminSession,
} from "@/lib/store/admin-sessions";
import type { Database } from "@/lib/store/db";
import { readAccess } from "./access-settings";
import { isHttps } from "./same-origin";
import { webContext, webDatabase } from "./service-context";

/** Who is signed in: these fields and no others, the account's row holds its password. */
export type SignedIn = { adminId: string; name: string; sessionId: string; endsAt: Date };

/** Why a sign-in was refused, through Auth.js, which passes on nothing but this class. */
class Refused extends CredentialsSignin {
  readonly outcome: Exclude<SignIn, { kind: "signed_in" }>;
  constructor(outcome: Exclude<SignIn, { kind: "signed_in" }>) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

const maxAge = 30 * 24 * 3_600;

const {
  auth,
  signIn: signInWith,
  signOut: signOutWith,
} = NextAuth(async (): Promise<NextAuthConfig> => {
  const sent = await headers();
  const access = await readAccess();
  const from = readClientAddress(sent);
  const address = from?.client ?? null;
  const secure = isHttps(sent, access.publicBaseUrl);
  const sessionSeconds = access.sessionMs / 1000;

  const createSession = async (adminId: string): Promise<string> => {
    const ctx = webContext();
    const now = ctx.now();
    const token = randomBytes(32).toString("base64url");
    await insertAdminSession(
      ctx.database.db,
      {
        sessionToken: hashOf(token),
        userId: adminId,
        expires: new Date(now.getTime() + access.sessionMs),
        address,
        userAgent: sent.get("user-agent")?.slice(0, 300) ?? null,
      },
      now,
    );
    return token;
  };

  return {
    secret: process.env.APP_SECRET_KEY ?? "",
    // Forwarding headers of strangers are gone before Next sees a request, and the host is checked by the viewer.
    trustHost: true,
    basePath: "/api/auth",
    adapter: {
      // Its other tables belong to ways of signing in that are not offered.
      ...DrizzleAdapter(
        webDatabase().db,
        authTables as unknown as Parameters<typeof DrizzleAdapter<Database>>[1],
      ),
      // Next asks itself after an action that leads elsewhere; that comes from nowhere.
      ...sessionsByHash(access.sessionMs, from?.route === "unclear" ? null : address),
    },
    // The strategy stays unset: with an adapter it is the database's, and saying so refuses passwords.
    session: { maxAge: sessionSeconds, updateAge: maxAge },
    cookies: {
      sessionToken: {
        name: secure ? "__Host-bingealert" : "bingealert",
        options: { httpOnly: true, sameSite: "lax", path: "/", secure },
      },
    },
    useSecureCookies: secure,
    providers: [
      Credentials({
        credentials: { name: {}, password: {}, turnstile: {} },
        authorize: async (given) => {
          const outcome = await tryToSignIn(webContext(), {
            name: textOf(given.name),
            password: textOf(given.password),
            turnstileToken: textOf(given.turnstile),
            address,
          });
          if (outcome.kind !== "signed_in") throw new Refused(outcome);
          return { id: outcome.admin.id, name: outcome.admin.name };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, account }) =>
        account?.provider === "credentials" ? { ...token, byPassword: true } : token,
      session: ({ session, user }) => {
        const row = session as unknown as AdminSession;
        const signedIn: SignedIn = {
          adminId: user.id,
          name: user.name ?? "",
          sessionId: row.publicId,
          endsAt: endOf(row, access.sessionMs),
        };
        return { user: signedIn, expires: signedIn.endsAt.toISOString() } as unknown as Session;
      },
    },
    jwt: {
      // A password makes a session in the database; its cookie holds a random token and nothing else.
      encode: async ({ token }) => {
        if (!token?.byPassword || !token.sub) throw new Error("Only a sign-in makes a session");
        return createSession(token.sub);
      },
    },
    logger: {
      error: (error) => {
        if (!(error instanceof CredentialsSignin)) log.error("sign-in failed", { error });
      },
      warn: () => {},
      debug: () => {},
    },
  };
});

/** Sessions are found by the hash of the cookie: whoever reads the table cannot use it. */
function sessionsByHash(sessionMs: number, address: string | null) {
  return {
    getSessionAndUser: async (token: string) => {
      const ctx = webContext();
      const { db } = ctx.database;
      const now = ctx.now();
      const found = await findAdminSession(db, hashOf(token), now);
      // A timeout that was shortened counts for sessions that are there already.
      if (!found || endOf(found.session, sessionMs) <= now) return null;
      const sinceSeen = now.getTime() - found.session.lastSeenAt.getTime();
      if (sinceSeen > 60_000 || (address !== null && found.session.address !== address)) {
        const seenFrom = address ?? found.session.address;
        await touchAdminSession(db, found.session.sessionToken, seenFrom, now);
      }
      const { id, name, email, emailVerified, image } = found.user;
      return {
        session: found.session,
        user: { id, name, email: email ?? "", emailVerified, image },
      };
    },
    deleteSession: async (token: string) => {
      await deleteAdminSession(webDatabase().db, hashOf(token));
    },
  };
}

function endOf(session: AdminSession, sessionMs: number): Date {
  return new Date(Math.min(session.expires.getTime(), session.createdAt.getTime() + sessionMs));
}

/** Who is signed in by the cookie of this request; null when nobody. */
export async function readSession(): Promise<SignedIn | null> {
  const session = (await auth()) as { user: SignedIn } | null;
  return session ? { ...session.user, endsAt: new Date(session.user.endsAt) } : null;
}

/** Signs in and sets the cookie, or says why not. */
export async function signIn(given: {
  name: string;
  password: string;
  turnstile: string;
}): Promise<{ kind: "signed_in" } | Exclude<SignIn, { kind: "signed_in" }>> {
  try {
    await signInWith("credentials", { ...given, redirect: false, redirectTo: "/" });
    return { kind: "signed_in" };
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

/** Ends the session of this request and takes its cookie away. */
export async function signOut(): Promise<void> {
  await signOutWith({ redirect: false, redirectTo: "/login" });
}

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

const textOf = (value: unknown) => (typeof value === "string" ? value : "");
