import { GraphQLError, GraphQLScalarType, Kind } from "graphql";

// RFC 3339: a date, a time to at most nanoseconds, and where that time is.
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/** Inside, a `Date` or milliseconds since 1970; outside, ISO 8601 with milliseconds, UTC. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: "DateTime",
  description:
    "A moment by the server's clock: ISO 8601 with milliseconds, UTC, e.g. 2026-03-01T09:30:00.000Z.",
  specifiedByURL: "https://scalars.graphql.org/andimarek/date-time.html",
  serialize(value) {
    if (value instanceof Date) return value.toISOString();
    if (typeof value === "number") return new Date(value).toISOString();
    throw new TypeError("A DateTime is a Date or a number of milliseconds since 1970.");
  },
  parseValue: readDateTime,
  parseLiteral: (node) => readDateTime(node.kind === Kind.STRING ? node.value : null),
});

function readDateTime(value: unknown): Date {
  const date = new Date(typeof value === "string" && DATE_TIME.test(value) ? value : Number.NaN);
  if (Number.isNaN(date.getTime())) {
    throw new GraphQLError("DateTime wants ISO 8601 with a time zone, e.g. 2026-03-01T09:30:00.000Z.", {
      extensions: { code: "BAD_USER_INPUT" },
    });
  }
  return date;
}
