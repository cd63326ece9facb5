import "server-only";
import { requireViewer, type Viewer } from "../viewer";

/** Who calls the API. */
export type Caller = { viewer: Viewer; actor: string };

/**
 * The one gate of the API: who may call it is decided here and nowhere else. While login is off
 * that is everybody who reaches it.
 */
export async function requireCaller(_request: Request): Promise<Caller> {
  const viewer = await requireViewer();
  switch (viewer.kind) {
    case "anonymous_admin":
      return { viewer, actor: "admin" };
  }
}
