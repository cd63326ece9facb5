import { customType, timestamp } from "drizzle-orm/pg-core";

/** A moment in UTC (`timestamptz`), a `Date` in TypeScript. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Raw bytes: keeps NUL characters and broken UTF-8, which `text` and `jsonb` refuse. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => "bytea",
});
