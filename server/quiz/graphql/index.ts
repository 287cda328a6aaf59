import "./mutations.ts";
import "./queries.ts";

export { QuestionKindEnum } from "./enums.ts";
export { Quiz } from "./quiz.ts";
