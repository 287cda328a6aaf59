import { writeFile } from "node:fs/promises";
import { printSchema } from "graphql";
import { schema } from "../server/graphql/schema.ts";

/** Writes the schema where the web app's typed documents and the review of API changes read it. */
const target = process.argv[2] ?? new URL("../server/schema.graphql", import.meta.url);
await writeFile(target, `${printSchema(schema)}\n`);
