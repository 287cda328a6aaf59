import { builder } from "../../graphql/builder.ts";
import { countedConnection, pageArgs, pageComplexity } from "../../graphql/connections.ts";
import { readGlobalId } from "../../graphql/globalIds.ts";
import { viewerId } from "../../graphql/identity.ts";
import { CefrLevel } from "./enums.ts";
import { Quiz } from "./quiz.ts";

builder.queryField("quiz", (t) =>
  t.field({
    type: Quiz,
    nullable: true,
    description: "A quiz by its id; null where there is none that the viewer may see.",
    args: { id: t.arg.id({ required: true, description: "The quiz's id." }) },
    resolve: (_root, { id }, context) => {
      const quizId = readGlobalId("Quiz", id);
      return quizId && context.services.quizzes.quiz(quizId, viewerId(context));
    },
  }),
);

const QuizzesConnection = countedConnection("QueryQuizzesConnection", Quiz);

builder.queryField("quizzes", (t) =>
  t.field({
    type: QuizzesConnection,
    description: "The public quizzes and the viewer's own, newest first.",
    args: {
      ...pageArgs(t.arg),
      search: t.arg.string({
        description: "Only those that have every one of these words in the title or the description.",
      }),
      level: t.arg({ type: CefrLevel, description: "Only those of this level." }),
      mine: t.arg.boolean({ description: "true: only the viewer's own; needs a sign-in." }),
    },
    complexity: pageComplexity,
    resolve: (_root, args, context) => context.services.quizzes.list(args, viewerId(context)),
  }),
);
