import type { QuestionKind } from "../../graphql/generated/graphql.ts";
import type { MessageKey } from "../../i18n/i18n.ts";

/** The names of the kinds of question. */
export const kindKeys: Record<QuestionKind, MessageKey> = {
  SINGLE_CHOICE: "library.kindSingle",
  MULTIPLE_CHOICE: "library.kindMultiple",
  TYPED: "library.kindTyped",
  ORDER: "library.kindOrder",
};
