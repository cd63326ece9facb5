import "server-only";
import type { Instance } from "@/lib/domain/instance";
import { removeInstance, saveInstance } from "@/lib/services/change-instance";
import { webContext } from "../../service-context";
import { apiRoute } from "../api-route";
import { deleteInstance, patchInstance, postInstance } from "../contracts/services";

export const instanceAdd = apiRoute(postInstance, async ({ body, note }) => {
  const key = await saveInstance(webContext(), { ...body, key: null }, process.env);
  note({ subject: key });
  return { key };
});

export const instanceChange = apiRoute(patchInstance, async ({ params, body, note }) => {
  const ctx = webContext();
  const before = (await ctx.loadConfig()).instances.find(({ key }) => key === params.key);
  const kind = params.key.startsWith("sonarr") ? "sonarr" : "radarr";
  const fields = { ...body, key: params.key, kind, apiKey: body.apiKey ?? null } as const;
  const key = await saveInstance(ctx, fields, process.env);
  note({ subject: key, before: before && shown(before) });
  return { key };
});

export const instanceRemove = apiRoute(deleteInstance, async ({ params, note }) => {
  const ctx = webContext();
  const before = (await ctx.loadConfig()).instances.find(({ key }) => key === params.key);
  await removeInstance(ctx, params.key, process.env);
  note({ subject: params.key, before: before && shown(before) });
  return null;
});

/** Without its key. */
const shown = ({ name, url, isFourK }: Instance) => ({ name, url, isFourK });
