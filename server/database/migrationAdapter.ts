import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, type SqlQuery, type SqlResultSet } from "@prisma/driver-adapter-utils";
import pg from "pg";

/** `"char"`, the one-letter type of PostgreSQL's own catalogue, which Prisma's adapter refuses to read. */
const CHAR = 18;
const TEXT = 25;
const MARK = "\u0000char";

/**
 * Prisma's adapter, for the schema engine: that one reads PostgreSQL's catalogue, where letters of type `"char"` stand.
 * On their way through the adapter they pass for text, with a mark in the column's name.
 */
export class MigrationAdapter extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(url: string) {
    const pool = poolWithMarks(url);
    super(pool);
    this.#pool = pool;
  }

  /** The engine never closes what it opened. */
  end(): Promise<void> {
    return this.#pool.end();
  }

  override async connect() {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query: SqlQuery) => withoutMarks(await queryRaw(query));
    return adapter;
  }
}

function poolWithMarks(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url });
  pool.on("error", () => {});
  return new Proxy(pool, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      if (key !== "query") return value.bind(target);
      return async (...query: unknown[]) => withMarks(await Reflect.apply(value, target, query));
    },
  });
}

function withMarks(result: pg.QueryResult): pg.QueryResult {
  for (const field of result.fields) {
    if (field.dataTypeID !== CHAR) continue;
    field.dataTypeID = TEXT;
    field.name += MARK;
  }
  return result;
}

function withoutMarks(result: SqlResultSet): SqlResultSet {
  return {
    ...result,
    columnNames: result.columnNames.map((name) => name.replace(MARK, "")),
    columnTypes: result.columnNames.map((name, index) =>
      name.endsWith(MARK) ? ColumnTypeEnum.Character : (result.columnTypes[index] ?? ColumnTypeEnum.Text),
    ),
  };
}
