import { writeFileSync } from "node:fs";
import os from "node:os";
import { systemErrorCode } from "./startup-error";

/** Debian's package libnss-wrapper; the loader finds it by its name. */
const wrapper = "libnss_wrapper.so";

/**
 * What a program needs in its environment to find the name of the user it runs as, which PostgreSQL insists on while it
 * makes a database. Empty where the system knows the name; in a container that was given any uid (`docker run --user`)
 * it does not, and a library answers instead, from `file`, which is written for it.
 */
export function accountEnvironment(file: string): Record<string, string> {
  try {
    os.userInfo();
    return {};
  } catch (error) {
    if (systemErrorCode(error) !== "ERR_SYSTEM_ERROR") throw error;
  }
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  writeFileSync(file, `bingealert:x:${uid}:${gid}::/:/usr/sbin/nologin\n`, { mode: 0o600 });
  return { LD_PRELOAD: wrapper, NSS_WRAPPER_PASSWD: file, NSS_WRAPPER_GROUP: "/etc/group" };
}
