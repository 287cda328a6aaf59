import { derivedId } from "../../core/ids.ts";
import type { ContentQuestion } from "../../session/index.ts";
import type { AnswerRow, ExportedAttempt, ExportedQuestion } from "../records.ts";
import type { TextFormat } from "./textChunks.ts";

/** xAPI's sign between several parts of one response. */
const BETWEEN = "[,]";
const ANSWERED = { id: "http://adlnet.gov/expapi/verbs/answered", display: { en: "answered" } };
const INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction";

/**
 * xAPI 1.0.3 `answered` statements, a JSON array with one statement a line; a skipped question gives none. The id of a statement
 * is the same whenever it is written, so that a learning record store takes what is sent again for what it has. `home`: the
 * address of this server, under which players and activities have their names.
 */
export function xapiFormat(home: string): TextFormat<AnswerRow> {
  const activities = new WeakMap<ExportedQuestion, string>();
  const people = new WeakMap<ExportedAttempt, string>();
  let between = "";
  return {
    before: "[\n",
    row({ attempt, question, given, answer }) {
      if (answer === null) return "";
      const statement = [
        `"id":"${derivedId("answered", attempt.id, question.id)}"`,
        known(people, attempt, () => `"actor":${JSON.stringify(actorOf(home, attempt))}`),
        `"verb":${JSON.stringify(ANSWERED)}`,
        known(activities, question, () => `"object":${JSON.stringify(activityOf(home, question))}`),
        `"result":${JSON.stringify({
          response: given.choiceIds.length > 0 ? given.choiceIds.join(BETWEEN) : given.text,
          success: answer.correct,
          score: { scaled: Number(answer.share), raw: Number(answer.points) },
          duration: `PT${Number(answer.elapsedMs) / 1000}S`,
        })}`,
        `"context":${JSON.stringify(contextOf(home, attempt))}`,
        `"timestamp":"${answer.answeredAt}"`,
      ];
      const text = `${between}{${statement.join(",")}}`;
      between = ",\n";
      return text;
    },
    after: "\n]\n",
  };
}

function known<Key extends object>(texts: WeakMap<Key, string>, key: Key, write: () => string): string {
  let text = texts.get(key);
  if (text === undefined) {
    text = write();
    texts.set(key, text);
  }
  return text;
}

/** An account here, or the attempt of somebody without one; never an address of a person. */
function actorOf(home: string, { id, userId, nickname }: ExportedAttempt) {
  const name = userId === null ? `attempt:${id}` : `user:${userId}`;
  return { objectType: "Agent", name: nickname, account: { homePage: home, name } };
}

function contextOf(home: string, { id, quizId, quizTitle, sessionId }: ExportedAttempt) {
  const activity = (path: string, name?: string) => ({
    objectType: "Activity",
    id: `${home}/xapi/${path}`,
    ...(name !== undefined && { definition: { name: { und: name } } }),
  });
  return {
    registration: id,
    contextActivities: {
      parent: [activity(`quiz/${quizId}`, quizTitle)],
      grouping: [activity(`session/${sessionId}`)],
    },
  };
}

function activityOf(home: string, { id, question }: ExportedQuestion) {
  return {
    objectType: "Activity",
    id: `${home}/xapi/question/${id}`,
    definition: { type: INTERACTION, name: { und: question.prompt }, ...interactionOf(question) },
  };
}

function interactionOf(question: ContentQuestion) {
  const choices = question.choices.map(({ id, text }) => ({ id, description: { und: text } }));
  const ids = (which: ContentQuestion["choices"]) => which.map(({ id }) => id).join(BETWEEN);
  switch (question.kind) {
    case "SINGLE_CHOICE":
    case "MULTIPLE_CHOICE": {
      const right = question.choices.filter(({ correct }) => correct);
      return { interactionType: "choice", correctResponsesPattern: [ids(right)], choices };
    }
    case "ORDER":
      return { interactionType: "sequencing", correctResponsesPattern: [ids(question.choices)], choices };
    case "TYPED":
      return {
        interactionType: "fill-in",
        correctResponsesPattern: question.acceptedAnswers.map((text) => `{case_matters=false}${text}`),
      };
  }
}
