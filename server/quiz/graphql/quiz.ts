import { User } from "../../account/graphql/index.ts";
import { readId } from "../../core/ids.ts";
import { builder } from "../../graphql/builder.ts";
import { refuseKeysWithout, viewerId } from "../../graphql/identity.ts";
import type { Quiz as QuizShape } from "../quiz.ts";
import { CefrLevel, Visibility } from "./enums.ts";
import { Question, SEES_SOLUTIONS } from "./question.ts";

export const Quiz = builder.node(builder.objectRef<QuizShape>("Quiz"), {
  description:
    "Editing or deleting a quiz changes nothing in the sessions that were opened from it, nor in their history.",
  id: { resolve: (quiz) => quiz.id, description: "The same for the same thing, everywhere and for ever." },
  loadOne: (id, context) => {
    const quizId = readId<"Quiz">(id);
    return quizId && context.services.quizzes.quiz(quizId, viewerId(context));
  },
  fields: (t) => ({
    visibility: t.expose("visibility", { type: Visibility, description: "Who can find and run it." }),
    title: t.exposeString("title", { description: "1 to 120 characters." }),
    description: t.exposeString("description", { nullable: true, description: "What it is about." }),
    level: t.expose("level", {
      type: CefrLevel,
      nullable: true,
      description: "For learners of which level.",
    }),
    questionCount: t.exposeInt("questionCount", { description: "1 to 200." }),
    owner: t.field({
      type: User,
      description: "Who made it.",
      resolve: async ({ ownerId }, _args, { loaders }) => {
        const owner = await loaders.user.load(ownerId);
        if (!owner) throw new Error(`The owner ${ownerId} of a quiz is gone.`);
        return owner;
      },
    }),
    mine: t.boolean({
      description: "Whether the viewer is its owner.",
      resolve: ({ ownerId }, _args, context) => ownerId === viewerId(context),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it was last edited." }),
    questions: t.field({
      type: [Question],
      nullable: { list: true, items: false },
      description: "With the solutions, for the owner only; null for everyone else.",
      authScopes: ({ ownerId }) => ({ owner: ownerId }),
      unauthorizedResolver: () => null,
      resolve: async ({ versionId }, _args, { identity, loaders }) => {
        refuseKeysWithout(identity, SEES_SOLUTIONS);
        return [...(await loaders.questions.load(versionId))];
      },
    }),
  }),
});
