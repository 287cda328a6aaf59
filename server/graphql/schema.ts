import "./errors.ts";
import "./serverInfo.ts";
import "../account/graphql/index.ts";
import "../quiz/graphql/index.ts";
import "../session/graphql/index.ts";
import "../history/graphql/index.ts";
import "../personalData/graphql/index.ts";
import "../export/graphql/index.ts";
import "../webhooks/graphql/index.ts";
import { builder } from "./builder.ts";

/** The whole schema: every slice registers its types with the builder when it is imported. */
export const schema = builder.toSchema({ sortSchema: false });
