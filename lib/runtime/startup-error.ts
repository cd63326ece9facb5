/** A reason not to start that the admin can act on: printed as its sentence alone, without a stack. */
export class StartupError extends Error {
  override readonly name = "StartupError";
}

/** The `code` of a Node system error (`ENOENT`, `EADDRINUSE`, …), or undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return undefined;
}

/** The sentence for a failed write into `folder`. */
export function unwritableFolder(folder: string, error: unknown): StartupError {
  const code = systemErrorCode(error);
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new StartupError(
      `The disk that holds ${folder} is full. Free some space, then start BingeAlert again.`,
    );
  }
  if (code === "EROFS") {
    return new StartupError(
      `${folder} is on a read-only file system. Mount it writable, or set CONFIG_DIR to another folder.`,
    );
  }
  if (code === "ENOTDIR" || code === "EEXIST") {
    return new StartupError(
      `${folder} is not a folder. Move the file that is in its place, or set CONFIG_DIR to another folder.`,
    );
  }
  const who = process.getuid ? `the user with id ${process.getuid()}` : "this user";
  return new StartupError(
    `${folder} is not writable for ${who} (${code ?? String(error)}). Give this user the folder (chown), or set CONFIG_DIR to a folder it may write to.`,
  );
}
