import type { DomainEvent, ImportedFile, MediaItem } from "@/lib/domain/inbound";
import {
  type Fields,
  fieldsOf,
  pick,
  pickFields,
  pickList,
  readBoolean,
  readBytes,
  readId,
  readText,
} from "./loose-json";

/** What differs between Sonarr and Radarr; everything else of their webhooks is the same. */
export type ServarrDialect = {
  service: "Sonarr" | "Radarr";
  /** The show or movie the event is about; null when it carries none. */
  readItem: (root: Fields) => MediaItem | null;
  /** Folder of the title in the library; file paths in events may still be download paths. */
  readFolder: (root: Fields) => string | null;
  fileKey: string;
  filesKey: string;
};

/** Reads a Sonarr or Radarr webhook of any version. Never throws. */
export function parseServarrWebhook(body: unknown, dialect: ServarrDialect): DomainEvent {
  const root = fieldsOf(body);
  const eventType = readText(pick(root, "eventType"), 100);
  if (eventType === null) {
    return { kind: "ignored", because: `${dialect.service} sent no event type` };
  }
  const item = dialect.readItem(root);
  switch (eventType.toLowerCase()) {
    case "test":
      return { kind: "test" };
    case "health":
    case "healthrestored":
      return readHealth(root, dialect, eventType.toLowerCase() === "healthrestored");
    case "applicationupdate":
      return {
        kind: "ignored",
        because: readText(pick(root, "message")) ?? `${dialect.service} was updated`,
      };
    case "manualinteractionrequired":
      return readManualInteraction(root, item);
  }
  if (item === null) return withoutItem(root, dialect, eventType);
  switch (eventType.toLowerCase()) {
    case "grab":
      return readGrab(root, item);
    case "download":
    case "upgrade":
    case "importcomplete":
      return readImport(root, item, dialect, eventType.toLowerCase());
    case "episodefiledelete":
    case "moviefiledelete":
      return {
        kind: "file_deleted",
        item,
        file: readFile(pick(root, dialect.fileKey), dialect.readFolder(root)),
        reason: readText(pick(root, "deleteReason"), 100) ?? "not said",
      };
    case "seriesdelete":
    case "moviedelete":
      return {
        kind: "title_deleted",
        item,
        // In Download the same key is an array.
        filesDeleted: readBoolean(pick(root, "deletedFiles")),
      };
    case "seriesadd":
    case "movieadded":
      return { kind: "title_added", item };
    case "rename":
      return { kind: "renamed", item };
    default:
      return unknownEvent(dialect, eventType);
  }
}

const known = new Set([
  "grab",
  "download",
  "upgrade",
  "importcomplete",
  "episodefiledelete",
  "moviefiledelete",
  "seriesdelete",
  "moviedelete",
  "seriesadd",
  "movieadded",
  "rename",
]);

function withoutItem(root: Fields, dialect: ServarrDialect, eventType: string): DomainEvent {
  if (!known.has(eventType.toLowerCase())) return unknownEvent(dialect, eventType);
  const { service } = dialect;
  const [thing, otherKey, other] =
    service === "Sonarr" ? ["show", "movie", "Radarr"] : ["movie", "series", "Sonarr"];
  const because = pick(root, otherKey)
    ? `This is an event of ${other} at the address for ${service}`
    : `${service} sent ${eventType} without a ${thing}`;
  return { kind: "ignored", because };
}

function unknownEvent(dialect: ServarrDialect, eventType: string): DomainEvent {
  return {
    kind: "ignored",
    because: `${dialect.service} sent an event type this version does not know: ${eventType}`,
  };
}

function readGrab(root: Fields, item: MediaItem): DomainEvent {
  const release = pickFields(root, "release");
  return {
    kind: "grabbed",
    item,
    release: {
      title: readText(pick(release, "releaseTitle", "title")),
      quality: readQuality(pick(release, "quality")),
    },
    downloadId: readText(pick(root, "downloadId")),
  };
}

/** There is no event type for "import complete" or "upgrade": only the keys tell them apart. */
function readImport(
  root: Fields,
  item: MediaItem,
  dialect: ServarrDialect,
  eventType: string,
): DomainEvent {
  const folder = dialect.readFolder(root);
  const complete = eventType === "importcomplete" || Array.isArray(pick(root, dialect.filesKey));
  const files = complete ? pickList(root, dialect.filesKey) : [pick(root, dialect.fileKey)];
  return {
    kind: "imported",
    item,
    trigger: complete ? "complete" : "file",
    isUpgrade: eventType === "upgrade" ? true : readBoolean(pick(root, "isUpgrade")),
    files: files.map((file) => readFile(file, folder)).filter((file) => file !== null),
    downloadId: readText(pick(root, "downloadId")),
  };
}

function readManualInteraction(root: Fields, item: MediaItem | null): DomainEvent {
  const messages = pickList(root, "downloadStatusMessages").flatMap((entry) => {
    const fields = fieldsOf(entry);
    const texts = pickList(fields, "messages").map((text) => readText(text));
    // The first entry may have no messages and carry its text as the title.
    const said = texts.filter((text) => text !== null);
    const title = readText(pick(fields, "title"));
    return said.length > 0 ? said : title === null ? [] : [title];
  });
  return {
    kind: "manual_interaction",
    item,
    messages: [...new Set(messages)],
    downloadTitle: readText(pick(pickFields(root, "downloadInfo"), "title")),
    downloadId: readText(pick(root, "downloadId")),
  };
}

function readHealth(root: Fields, dialect: ServarrDialect, restored: boolean): DomainEvent {
  const level = readText(pick(root, "level"), 20)?.toLowerCase();
  return {
    kind: "health",
    level:
      level === "ok" || level === "notice" || level === "warning" || level === "error"
        ? level
        : null,
    message: readText(pick(root, "message")) ?? `${dialect.service} gave no details`,
    restored,
  };
}

function readFile(value: unknown, folder: string | null): ImportedFile | null {
  const file = fieldsOf(value);
  if (file.size === 0) return null;
  const relativePath = readText(pick(file, "relativePath"), 4000);
  return {
    fileId: readId(pick(file, "id")),
    // `path` was the download path in older versions, so the folder and the relative path go first.
    path:
      folder !== null && relativePath !== null
        ? joinPath(folder, relativePath)
        : (readText(pick(file, "path"), 4000) ?? relativePath),
    quality: readQuality(pick(file, "quality")),
    size: readBytes(pick(file, "size")),
  };
}

/** A name in webhooks; the raw database entity `{ quality: { name } }` in some events of v3. */
function readQuality(value: unknown): string | null {
  const text = readText(value, 100);
  if (text !== null) return text;
  const quality = fieldsOf(value);
  const inner = fieldsOf(quality.get("quality"));
  return readText(pick(inner, "name") ?? pick(quality, "name"), 100);
}

function joinPath(folder: string, relativePath: string): string {
  const separator = folder.includes("\\") && !folder.includes("/") ? "\\" : "/";
  return folder.endsWith(separator)
    ? folder + relativePath
    : `${folder}${separator}${relativePath}`;
}
