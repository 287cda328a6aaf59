import { builder } from "../../graphql/builder.ts";
import type { CEFR_LEVELS } from "../quiz.ts";

export const CefrLevel = builder.enumType("CefrLevel", {
  description: "A level of the Common European Framework of Reference for Languages.",
  values: {
    A1: { description: "Beginner." },
    A2: { description: "Elementary." },
    B1: { description: "Intermediate." },
    B2: { description: "Upper intermediate." },
    C1: { description: "Advanced." },
    C2: { description: "Proficient." },
  } satisfies Record<(typeof CEFR_LEVELS)[number], unknown>,
});

export const Visibility = builder.enumType("Visibility", {
  description:
    "PRIVATE: its owner alone sees and runs it. PUBLIC: everyone can find it and run sessions of it.",
  values: {
    PRIVATE: { description: "For its owner alone." },
    PUBLIC: { description: "For everyone; its solutions stay with the owner." },
  } as const,
});

export const QuestionKindEnum = builder.enumType("QuestionKind", {
  description: "How a question is answered.",
  values: {
    SINGLE_CHOICE: { description: "By picking the one choice that is right." },
    MULTIPLE_CHOICE: { description: "By picking every choice that is right, one or more." },
    TYPED: { description: "By writing; case, outer and repeated spaces do not count." },
    ORDER: { description: "By putting the parts into their order." },
  } as const,
});
