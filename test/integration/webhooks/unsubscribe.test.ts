import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GET, POST } from "@/app/u/[token]/route";
import { GET as getUnsubscribe, POST as postUnsubscribe } from "@/app/u/[token]/unsubscribe/route";
import { users } from "@/drizzle/schema";
import { signLink } from "@/lib/services/users/signed-links";
import { webDatabase } from "@/lib/web/service-context";
import { WebhooksInProcess } from "./webhook-in-process";

let app: WebhooksInProcess;
let userId: number;
let token: string;

beforeAll(async () => {
  process.env.APP_SECRET_KEY = "test-secret-key";
  process.env.MAIL_SERVER_NAME = "Tom & Tove's <Plex>";
  app = await WebhooksInProcess.open();
  const [user] = await webDatabase()
    .db.insert(users)
    .values({ seerrUserId: 1, displayName: "Anna <b>", email: "anna@example.net" })
    .returning();
  userId = user?.id ?? 0;
  token = signLink({ secretKey: "test-secret-key" }, { userId, version: 1 });
});

afterAll(async () => {
  await app?.close();
});

beforeEach(async () => {
  await webDatabase().db.update(users).set({ unsubscribedAt: null });
});

const place = (text: string) => ({ params: Promise.resolve({ token: text }) });
const show = (text = token) =>
  getUnsubscribe(new Request(`http://localhost/u/${text}/unsubscribe`), place(text));
const showPage = (text = token) => GET(new Request(`http://localhost/u/${text}`), place(text));
const post = (body: BodyInit, headers: Record<string, string> = {}, text = token) =>
  POST(new Request(`http://localhost/u/${text}`, { method: "POST", body, headers }), place(text));
const form = (fields: Record<string, string>) => new URLSearchParams(fields);

async function unsubscribedAt(): Promise<Date | null | undefined> {
  const [user] = await webDatabase().db.select().from(users).where(eq(users.id, userId));
  return user?.unsubscribedAt;
}

test("the page says whose mails it ends, and opening it ends nothing", async () => {
  const response = await show();
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain("Stop these mails?");
  expect(page).toContain(">Unsubscribe</button>");
  expect(page).toContain("Tom &amp; Tove&#39;s &lt;Plex&gt;");
  expect(page).toContain("Anna &lt;b&gt;, a…@example.net");
  expect(page).not.toContain("anna@example.net");
  expect(page).not.toContain("<script");
  expect(await unsubscribedAt()).toBeNull();
});

test("its address and its content go nowhere else", async () => {
  const { headers } = await show();
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'sha256-/);
});

test("the button ends all mails, and Undo resumes them", async () => {
  const address = `http://localhost/u/${token}/unsubscribe`;
  const done = await postUnsubscribe(
    new Request(address, { method: "POST", body: form({ wanted: "unsubscribed" }) }),
    place(token),
  );
  expect(done.status).toBe(303);
  expect(new URL(done.headers.get("location") ?? "", address).pathname).toBe(`/u/${token}`);
  expect(await unsubscribedAt()).toBeInstanceOf(Date);
  const page = await (await showPage()).text();
  expect(page).toContain("You get no more mails");
  expect(page).toContain(">Undo</button>");
  await post(form({ wanted: "subscribed" }));
  expect(await unsubscribedAt()).toBeNull();
});

test.each([
  ["form", () => form({ "List-Unsubscribe": "One-Click" })],
  [
    "multipart",
    () => {
      const data = new FormData();
      data.set("List-Unsubscribe", "One-Click");
      return data;
    },
  ],
])(
  "a mail client's one-click request (%s) ends all mails without a redirect",
  async (_name, body) => {
    const response = await post(body(), { origin: "https://mail.example" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(await unsubscribedAt()).toBeInstanceOf(Date);
    expect((await post(body())).status).toBe(200);
  },
);

test.each([
  ["", "application/x-www-form-urlencoded"],
  ["wanted=everything", "application/x-www-form-urlencoded"],
  ["{}", "application/json"],
  ["x", "multipart/form-data"],
])("a form that says nothing (%o) changes nothing", async (body, type) => {
  expect((await post(body, { "content-type": type })).status).toBe(400);
  expect(await unsubscribedAt()).toBeNull();
});

test("a link that was not made here, or was revoked, is answered in plain words", async () => {
  const strangers = [
    "x",
    `${token}x`,
    "%00",
    token.split(".")[0] ?? "",
    signLink({ secretKey: "another" }, { userId, version: 1 }),
    signLink({ secretKey: "test-secret-key" }, { userId, version: 2 }),
    signLink({ secretKey: "test-secret-key" }, { userId: 999, version: 1 }),
  ];
  for (const stranger of strangers) {
    const response = await show(stranger);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("This link does not work any more");
    expect((await showPage(stranger)).status).toBe(404);
    expect((await post(form({ "List-Unsubscribe": "One-Click" }), {}, stranger)).status).toBe(404);
    expect((await post(form({ wanted: "unsubscribed" }), {}, stranger)).status).toBe(404);
  }
  expect(await unsubscribedAt()).toBeNull();
});
