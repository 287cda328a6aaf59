import { builder } from "../../graphql/builder.ts";
import type { ScoreBin } from "../index.ts";

export const ScoreBinType = builder.objectRef<ScoreBin>("ScoreBin").implement({
  description: "How many attempts have a score from `from` to under `to`.",
  fields: (t) => ({
    from: t.exposeInt("from", { description: "The least score, in points." }),
    to: t.exposeInt("to", { description: "All scores are under this." }),
    attempts: t.exposeInt("attempts", { description: "How many attempts." }),
  }),
});
