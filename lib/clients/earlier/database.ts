/** A database of the earlier BingeAlert, opened to be read. */
export type EarlierDatabase = {
  /** Columns of each table. */
  tables: Map<string, Set<string>>;
  /** Runs one SELECT in the SQL that SQLite and PostgreSQL share; every value comes as text. */
  select(query: string): Promise<Record<string, string | null>[]>;
  close(): Promise<void>;
};
