/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Exactly one of the fields, the one that the question's kind asks for; another one, or an empty one, is a ValidationError. */
export type AnswerInput =
  {   /** SINGLE_CHOICE: one; MULTIPLE_CHOICE: one or more. */
  choiceIds: Array<string>; order?: never; text?: never; }
  |  { choiceIds?: never;   /** ORDER: every choice, in the order that the player thinks right. */
  order: Array<string>; text?: never; }
  |  { choiceIds?: never; order?: never;   /** TYPED. */
  text: string; };

/** What a program may do with a key. Whatever else needs an account needs a full sign-in. */
export type ApiKeyScope =
  /** Make, change, copy and delete quizzes, and read their solutions. */
  | 'MANAGE_QUIZZES'
  /** Read sessions, attempts, answers, statistics and exports. */
  | 'READ_HISTORY'
  /** Open and run sessions, take players out, and play in them. */
  | 'RUN_SESSIONS';

/** Which attempts; every rule that is given must hold. */
export type AttemptFilter = {
  /** Joined after this. */
  joinedAfter?: string | null | undefined;
  /** Joined before this. */
  joinedBefore?: string | null | undefined;
  /** With at most this score. */
  maxScore?: number | null | undefined;
  /** With at least this score. */
  minScore?: number | null | undefined;
  /** With this nickname, without regard to case. */
  nickname?: string | null | undefined;
  /** Of this quiz. */
  quizId?: string | null | undefined;
  /** Of this session. */
  sessionId?: string | null | undefined;
  /** Of this user, who played with their account. */
  userId?: string | null | undefined;
};

/** Which attempts of a learner count. */
export type AttemptSelection =
  /** Every attempt. */
  | 'ALL'
  /**
   * The first one of each account, of those that are chosen; who has seen a quiz answers it otherwise. Attempts without an
   * account all count: nobody can tell who they were.
   */
  | 'FIRST';

/** What has become of an attempt. */
export type AttemptStatus =
  /** Plays. */
  | 'ACTIVE'
  /** Has every question behind it, or the session is over. */
  | 'FINISHED'
  /** Was removed by the host. */
  | 'REMOVED';

/** A level of the Common European Framework of Reference for Languages. */
export type CefrLevel =
  /** Beginner. */
  | 'A1'
  /** Elementary. */
  | 'A2'
  /** Intermediate. */
  | 'B1'
  /** Upper intermediate. */
  | 'B2'
  /** Advanced. */
  | 'C1'
  /** Proficient. */
  | 'C2';

/** A choice, or a part to order. */
export type ChoiceInput = {
  /** Whether it is right; of no meaning in ORDER. */
  correct?: boolean | null | undefined;
  /** The id of a choice of this question, so that it stays the same choice after an edit. */
  id?: string | null | undefined;
  /** 1 to 200 characters, unlike the other choices'. */
  text: string;
};

/** A new API key. */
export type CreateApiKeyInput = {
  /** When it ends; without, it does not. */
  expiresAt?: string | null | undefined;
  /** What it is for, 1 to 80 characters. */
  name: string;
  /** What it may be used for, one at least; without, for everything that a key can be used for. */
  scopes?: Array<ApiKeyScope> | null | undefined;
};

/** A run of a quiz. */
export type CreateSessionInput = {
  /** HOST_PACED: close a question as soon as every active player has answered it. */
  closeWhenAllAnswered?: boolean | null | undefined;
  /** Who sets the pace. */
  pacing?: Pacing | null | undefined;
  /** A quiz of one's own, or a public one. */
  quizId: string;
  /** How points are earned. */
  scoring?: Scoring | null | undefined;
};

/** A new webhook. */
export type CreateWebhookInput = {
  /** What it is for, at most 200 characters. */
  description?: string | null | undefined;
  /** What it is told of, one at least. */
  events: Array<WebhookEvent>;
  /** Where to post to: https, port 443 or from 1024 on, and not in a private network. */
  url: string;
};

/** Whether it is really meant. */
export type EraseAccountInput = {
  /** What becomes of the sessions that the viewer hosted. */
  hostedSessions?: HostedSessions | null | undefined;
  /** The account's password, once more. */
  password: string;
};

/** What becomes of the sessions that somebody hosted, once their account is erased. */
export type HostedSessions =
  /** They are deleted, with the attempts and answers of everyone who played. */
  | 'DELETE'
  /** They stay as history of those who played, with nobody as their host. */
  | 'KEEP';

/** Who joins what. */
export type JoinQuizInput = {
  /** The session's code. */
  code: string;
  /** 1 to 20 visible characters, unique in the session without regard to case. */
  nickname: string;
  /**
   * A random text of the client's own, 16 to 100 characters, the same for each retry of one join: where the reply was
   * lost, the retry finds the seat instead of taking a second one. It is as secret as the token that it leads to.
   */
  requestKey?: string | null | undefined;
};

/** Which attempts count, by when they joined. */
export type LeaderPeriod =
  /** All. */
  | 'ALL_TIME'
  /** Those of one week, Monday to Sunday, UTC. */
  | 'WEEK';

/** Who sets the pace. */
export type Pacing =
  /** The host opens one question after another, for everyone. */
  | 'HOST_PACED'
  /** Every player goes from question to question alone. */
  | 'SELF_PACED';

/** How time is divided, UTC. */
export type ProgressStep =
  /** By days. */
  | 'DAY'
  /** By months. */
  | 'MONTH'
  /** By weeks, from Monday. */
  | 'WEEK';

/** A question of a quiz. */
export type QuestionInput = {
  /** TYPED: every spelling that counts as right. */
  acceptedAnswers?: Array<string> | null | undefined;
  /** SINGLE_CHOICE, MULTIPLE_CHOICE: the options. ORDER: the parts in their right order. */
  choices?: Array<ChoiceInput> | null | undefined;
  /** Shown with the solution; at most 1,000 characters. */
  explanation?: string | null | undefined;
  /** The id of a question of this quiz, so that it stays the same question after an edit. Without: a new question. */
  id?: string | null | undefined;
  /** How it is answered. */
  kind: QuestionKind;
  /** 0 to 10,000. */
  points?: number | null | undefined;
  /** 1 to 500 characters. */
  prompt: string;
  /** 1 to 600 seconds. */
  timeLimitSeconds?: number | null | undefined;
};

/** How a question is answered. */
export type QuestionKind =
  /** By picking every choice that is right, one or more. */
  | 'MULTIPLE_CHOICE'
  /** By putting the parts into their order. */
  | 'ORDER'
  /** By picking the one choice that is right. */
  | 'SINGLE_CHOICE'
  /** By writing; case, outer and repeated spaces do not count. */
  | 'TYPED';

/** A whole quiz, as it is to be. */
export type QuizInput = {
  /** What it is about; at most 1,000 characters. */
  description?: string | null | undefined;
  /** For learners of which level. */
  level?: CefrLevel | null | undefined;
  /** 1 to 200, in their order. */
  questions: Array<QuestionInput>;
  /** 1 to 120 characters. */
  title: string;
  /** Who can find and run it. */
  visibility?: Visibility | null | undefined;
};

/** CLASSIC: speed counts up to half the points, with a streak bonus. ACCURACY: a right answer earns its points, whenever it comes. */
export type Scoring =
  /** All points for being right; time does not matter before the deadline. */
  | 'ACCURACY'
  /** Half the points for being right, up to half for speed; streaks earn a bonus. */
  | 'CLASSIC';

/** HOST_PACED: LOBBY, QUESTION_OPEN and QUESTION_CLOSED in turn, FINISHED. SELF_PACED: LOBBY, RUNNING, FINISHED. */
export type SessionState =
  /** It is over for everyone. */
  | 'FINISHED'
  /** Players join; nothing has begun. */
  | 'LOBBY'
  /** The question on screen is over, and its solution known. */
  | 'QUESTION_CLOSED'
  /** A question takes answers. */
  | 'QUESTION_OPEN'
  /** Every player goes at their own pace. */
  | 'RUNNING';

/** What an account was made with. */
export type SignInInput = {
  /** The account's email address. */
  email: string;
  /** The account's password. */
  password: string;
};

/** A new account. */
export type SignUpInput = {
  /** An email address that no account has yet. */
  email: string;
  /** 1 to 80 characters, seen by others. */
  name: string;
  /** 8 to 128 characters. */
  password: string;
};

/** An answer to a question. */
export type SubmitAnswerInput = {
  /** The answer. */
  answer: AnswerInput;
  /** The id of the question. */
  questionId: string;
};

/** What is to change; what is left out, or null, stays as it is. */
export type UpdateWebhookInput = {
  /** What it is for; empty for nothing. */
  description?: string | null | undefined;
  /** Whether messages are written and sent. */
  enabled?: boolean | null | undefined;
  /** What it is told of, one at least. */
  events?: Array<WebhookEvent> | null | undefined;
  /** Where to post to, from the next try on. */
  url?: string | null | undefined;
};

/** PRIVATE: its owner alone sees and runs it. PUBLIC: everyone can find it and run sessions of it. */
export type Visibility =
  /** For its owner alone. */
  | 'PRIVATE'
  /** For everyone; its solutions stay with the owner. */
  | 'PUBLIC';

/** How far a message has come. */
export type WebhookDeliveryStatus =
  /** The endpoint has taken it: it answered with a status from 200 to 299. */
  | 'DELIVERED'
  /** The last try has failed; it is sent again when its owner asks for that. */
  | 'FAILED'
  /** It is to be tried, for the first time or again. */
  | 'WAITING';

/** Why the server switches a webhook off by itself. */
export type WebhookDisabledReason =
  /** It has taken no message for five days. */
  | 'FAILING'
  /** It answered 410 Gone: it does not want to be told any more. */
  | 'GONE';

/** What a webhook can be told of. */
export type WebhookEvent =
  /** A player of such a session is through, or the session is over for them: `attempt.finished`, with their result. */
  | 'ATTEMPT_FINISHED'
  /** A session that the owner hosts is over: `session.finished`, with the top of its leaderboard. */
  | 'SESSION_FINISHED';

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { user: { id: string, name: string } | null } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn:
    | { __typename: 'InvalidCredentialsError', message: string }
    | { __typename: 'SignInSuccess', user: { id: string, name: string } }
   };

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { signUp:
    | { __typename: 'EmailTakenError', message: string }
    | { __typename: 'SignUpSuccess', user: { id: string, name: string } }
    | { __typename: 'ValidationError', message: string, issues: Array<{ path: Array<string>, message: string }> }
   };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut:
    | { __typename: 'SignOutSuccess' }
    | { __typename: 'UnauthenticatedError' }
   };

export type ExportMyDataQueryVariables = Exact<{ [key: string]: never; }>;


export type ExportMyDataQuery = { exportMyData: { exportedAt: string, json: string } };

export type EraseAccountMutationVariables = Exact<{
  input: EraseAccountInput;
}>;


export type EraseAccountMutation = { eraseAccount:
    | { __typename: 'EraseAccountSuccess' }
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'InvalidCredentialsError', message: string }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'UnfinishedSessionsError', codes: Array<string>, message: string }
   };

export type AuthorQuizFragment = { id: string, visibility: Visibility, title: string, description: string | null, level: CefrLevel | null, mine: boolean, updatedAt: string, questions: Array<{ id: string, kind: QuestionKind, prompt: string, acceptedAnswers: Array<string>, timeLimitSeconds: number, points: number, explanation: string | null, choices: Array<{ id: string, text: string, correct: boolean }> }> | null };

export type AuthorQuizQueryVariables = Exact<{
  id: string;
}>;


export type AuthorQuizQuery = { quiz: { id: string, visibility: Visibility, title: string, description: string | null, level: CefrLevel | null, mine: boolean, updatedAt: string, questions: Array<{ id: string, kind: QuestionKind, prompt: string, acceptedAnswers: Array<string>, timeLimitSeconds: number, points: number, explanation: string | null, choices: Array<{ id: string, text: string, correct: boolean }> }> | null } | null };

export type AuthorCreateQuizMutationVariables = Exact<{
  input: QuizInput;
}>;


export type AuthorCreateQuizMutation = { createQuiz:
    | { __typename: 'CreateQuizSuccess', quiz: { id: string, visibility: Visibility, title: string, description: string | null, level: CefrLevel | null, mine: boolean, updatedAt: string, questions: Array<{ id: string, kind: QuestionKind, prompt: string, acceptedAnswers: Array<string>, timeLimitSeconds: number, points: number, explanation: string | null, choices: Array<{ id: string, text: string, correct: boolean }> }> | null } }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'ValidationError', message: string, issues: Array<{ path: Array<string>, message: string }> }
   };

export type AuthorUpdateQuizMutationVariables = Exact<{
  id: string;
  input: QuizInput;
}>;


export type AuthorUpdateQuizMutation = { updateQuiz:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'UpdateQuizSuccess', quiz: { id: string, visibility: Visibility, title: string, description: string | null, level: CefrLevel | null, mine: boolean, updatedAt: string, questions: Array<{ id: string, kind: QuestionKind, prompt: string, acceptedAnswers: Array<string>, timeLimitSeconds: number, points: number, explanation: string | null, choices: Array<{ id: string, text: string, correct: boolean }> }> | null } }
    | { __typename: 'ValidationError', message: string, issues: Array<{ path: Array<string>, message: string }> }
   };

export type HostAccessQueryVariables = Exact<{
  code: string;
}>;


export type HostAccessQuery = { viewer: { hosts: boolean, user: { id: string, name: string } | null } | null, serverInfo: { publicUrl: string }, session: { id: string } | null };

export type SavingQueryVariables = Exact<{
  code: string;
}>;


export type SavingQuery = { session: { id: string, unsavedChanges: number } | null };

export type HostPlayersQueryVariables = Exact<{
  code: string;
  first: number;
  after?: string | null | undefined;
}>;


export type HostPlayersQuery = { session: { id: string, version: number, unsavedChanges: number, attempts: { edges: Array<{ node: { id: string, nickname: string, status: AttemptStatus, score: number, rank: number, answeredCount: number, correctCount: number } } | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type StartSessionMutationVariables = Exact<{
  sessionId: string;
}>;


export type StartSessionMutation = { result:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'SessionStateError', message: string, state: SessionState }
    | { __typename: 'SessionSuccess', session: { id: string, version: number, state: SessionState } }
    | { __typename: 'UnauthenticatedError', message: string }
   };

export type NextQuestionMutationVariables = Exact<{
  sessionId: string;
  after?: string | null | undefined;
}>;


export type NextQuestionMutation = { result:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'SessionStateError', message: string, state: SessionState }
    | { __typename: 'SessionSuccess', session: { id: string, version: number, state: SessionState } }
    | { __typename: 'UnauthenticatedError', message: string }
   };

export type CloseQuestionMutationVariables = Exact<{
  sessionId: string;
}>;


export type CloseQuestionMutation = { result:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'SessionStateError', message: string, state: SessionState }
    | { __typename: 'SessionSuccess', session: { id: string, version: number, state: SessionState } }
    | { __typename: 'UnauthenticatedError', message: string }
   };

export type FinishSessionMutationVariables = Exact<{
  sessionId: string;
}>;


export type FinishSessionMutation = { result:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'SessionStateError', message: string, state: SessionState }
    | { __typename: 'SessionSuccess', session: { id: string, version: number, state: SessionState } }
    | { __typename: 'UnauthenticatedError', message: string }
   };

export type RemovePlayerMutationVariables = Exact<{
  attemptId: string;
}>;


export type RemovePlayerMutation = { result:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'SessionStateError', message: string, state: SessionState }
    | { __typename: 'SessionSuccess', session: { id: string, version: number, state: SessionState } }
    | { __typename: 'UnauthenticatedError', message: string }
   };

type CommandResult_ForbiddenError_Fragment = { __typename: 'ForbiddenError', message: string };

type CommandResult_NotFoundError_Fragment = { __typename: 'NotFoundError', message: string };

type CommandResult_SessionStateError_Fragment = { __typename: 'SessionStateError', message: string, state: SessionState };

type CommandResult_SessionSuccess_Fragment = { __typename: 'SessionSuccess', session: { id: string, version: number, state: SessionState } };

type CommandResult_UnauthenticatedError_Fragment = { __typename: 'UnauthenticatedError', message: string };

export type CommandResultFragment =
  | CommandResult_ForbiddenError_Fragment
  | CommandResult_NotFoundError_Fragment
  | CommandResult_SessionStateError_Fragment
  | CommandResult_SessionSuccess_Fragment
  | CommandResult_UnauthenticatedError_Fragment
;

export type JoinTargetQueryVariables = Exact<{
  code: string;
}>;


export type JoinTargetQuery = { session: { id: string, state: SessionState, quizTitle: string, playerCount: number } | null };

export type JoinQuizMutationVariables = Exact<{
  input: JoinQuizInput;
}>;


export type JoinQuizMutation = { joinQuiz:
    | { __typename: 'JoinQuizSuccess', playerToken: string, attempt: { id: string, nickname: string } }
    | { __typename: 'NicknameTakenError', suggestion: string }
    | { __typename: 'NotFoundError' }
    | { __typename: 'SessionFinishedError' }
    | { __typename: 'ValidationError', issues: Array<{ path: Array<string>, message: string }> }
   };

export type LibraryQuizFragment = { id: string, title: string, description: string | null, level: CefrLevel | null, visibility: Visibility, questionCount: number, mine: boolean, updatedAt: string, owner: { id: string, name: string } };

export type LibraryQuizzesQueryVariables = Exact<{
  mine?: boolean | null | undefined;
  search?: string | null | undefined;
  level?: CefrLevel | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type LibraryQuizzesQuery = { quizzes: { totalCount: number, edges: Array<{ node: { id: string, title: string, description: string | null, level: CefrLevel | null, visibility: Visibility, questionCount: number, mine: boolean, updatedAt: string, owner: { id: string, name: string } } } | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LibraryQuizPreviewQueryVariables = Exact<{
  id: string;
}>;


export type LibraryQuizPreviewQuery = { quiz: { id: string, title: string, questions: Array<{ id: string, kind: QuestionKind, prompt: string, acceptedAnswers: Array<string>, timeLimitSeconds: number, points: number, explanation: string | null, choices: Array<{ id: string, text: string, correct: boolean }> }> | null } | null };

export type LibrarySessionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type LibrarySessionsQuery = { viewer: { sessions: { edges: Array<{ node: { id: string, code: string, state: SessionState, pacing: Pacing, quizTitle: string, questionCount: number, playerCount: number, createdAt: string, finishedAt: string | null } } | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type LibraryCopyQuizMutationVariables = Exact<{
  id: string;
}>;


export type LibraryCopyQuizMutation = { copyQuiz:
    | { __typename: 'CopyQuizSuccess', quiz: { id: string, title: string, description: string | null, level: CefrLevel | null, visibility: Visibility, questionCount: number, mine: boolean, updatedAt: string, owner: { id: string, name: string } } }
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'UnauthenticatedError', message: string }
   };

export type LibraryDeleteQuizMutationVariables = Exact<{
  id: string;
}>;


export type LibraryDeleteQuizMutation = { deleteQuiz:
    | { __typename: 'DeleteQuizSuccess', id: string }
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'UnauthenticatedError', message: string }
   };

export type LibraryCreateSessionMutationVariables = Exact<{
  input: CreateSessionInput;
}>;


export type LibraryCreateSessionMutation = { createSession:
    | { __typename: 'CreateSessionSuccess', session: { id: string, code: string } }
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'ValidationError', message: string }
   };

export type OwnSeatQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnSeatQuery = { viewer: { attempt: { id: string, nickname: string, status: AttemptStatus, score: number, rank: number, answeredCount: number, correctCount: number, streak: number, session: { id: string, code: string }, answers: { edges: Array<{ node: { id: string, questionId: string, correct: boolean | null, points: number | null, elapsedMs: number, choiceIds: Array<string>, text: string | null, breakdown: { base: number, speed: number, share: number, streak: number, streakBonus: number } } } | null> } } | null } | null };

export type OwnQuestionQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnQuestionQuery = { viewer: { attempt: { id: string, nickname: string, status: AttemptStatus, score: number, rank: number, answeredCount: number, correctCount: number, streak: number, question: { id: string, number: number, kind: QuestionKind, prompt: string, timeLimitSeconds: number, points: number, opensAt: string, closesAt: string, choices: Array<{ id: string, text: string }>, solution: { choiceIds: Array<string>, acceptedAnswers: Array<string>, explanation: string | null } | null } | null } | null } | null };

export type OwnReviewQueryVariables = Exact<{ [key: string]: never; }>;


export type OwnReviewQuery = { viewer: { attempt: { id: string, review: Array<{ question: { id: string, number: number, kind: QuestionKind, prompt: string, points: number, choices: Array<{ id: string, text: string }>, solution: { choiceIds: Array<string>, acceptedAnswers: Array<string>, explanation: string | null } }, answer: { id: string, questionId: string, correct: boolean | null, points: number | null, elapsedMs: number, choiceIds: Array<string>, text: string | null, breakdown: { base: number, speed: number, share: number, streak: number, streakBonus: number } } | null }> } | null } | null };

export type ProgramKeyFragment = { id: string, name: string, start: string, scopes: Array<ApiKeyScope>, createdAt: string, expiresAt: string | null, lastUsedAt: string | null };

export type ProgramKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type ProgramKeysQuery = { viewer: { apiKeys: Array<{ id: string, name: string, start: string, scopes: Array<ApiKeyScope>, createdAt: string, expiresAt: string | null, lastUsedAt: string | null }> } | null };

export type ProgramsCreateApiKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type ProgramsCreateApiKeyMutation = { createApiKey:
    | { __typename: 'CreateApiKeySuccess', key: string, apiKey: { id: string, name: string, start: string, scopes: Array<ApiKeyScope>, createdAt: string, expiresAt: string | null, lastUsedAt: string | null } }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'ValidationError', message: string }
   };

export type ProgramsRevokeApiKeyMutationVariables = Exact<{
  id: string;
}>;


export type ProgramsRevokeApiKeyMutation = { revokeApiKey:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RevokeApiKeySuccess', id: string }
    | { __typename: 'UnauthenticatedError', message: string }
   };

export type ProgramWebhookFragment = { id: string, url: string, events: Array<WebhookEvent>, description: string | null, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, oldSecretUntil: string | null, createdAt: string };

export type ProgramDeliveryFragment = { id: string, messageId: string, type: string, status: WebhookDeliveryStatus, attempts: number, nextTryAt: string | null, lastTriedAt: string | null, responseStatus: number | null, responseBody: string | null, error: string | null, payload: string | null, createdAt: string };

export type ProgramWebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type ProgramWebhooksQuery = { viewer: { webhooks: Array<{ id: string, url: string, events: Array<WebhookEvent>, description: string | null, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, oldSecretUntil: string | null, createdAt: string }> } | null };

export type ProgramDeliveriesQueryVariables = Exact<{
  id: string;
  first: number;
  after?: string | null | undefined;
}>;


export type ProgramDeliveriesQuery = { node:
    | { __typename: 'Answer' }
    | { __typename: 'ApiKey' }
    | { __typename: 'Attempt' }
    | { __typename: 'Question' }
    | { __typename: 'Quiz' }
    | { __typename: 'Session' }
    | { __typename: 'User' }
    | { __typename: 'Webhook', id: string, url: string, events: Array<WebhookEvent>, description: string | null, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, oldSecretUntil: string | null, createdAt: string, deliveries: { edges: Array<{ node: { id: string, messageId: string, type: string, status: WebhookDeliveryStatus, attempts: number, nextTryAt: string | null, lastTriedAt: string | null, responseStatus: number | null, responseBody: string | null, error: string | null, payload: string | null, createdAt: string } } | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } }
    | { __typename: 'WebhookDelivery' }
   | null };

export type ProgramsCreateWebhookMutationVariables = Exact<{
  input: CreateWebhookInput;
}>;


export type ProgramsCreateWebhookMutation = { createWebhook:
    | { __typename: 'CreateWebhookSuccess', secret: string, webhook: { id: string, url: string, events: Array<WebhookEvent>, description: string | null, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, oldSecretUntil: string | null, createdAt: string } }
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'ValidationError', message: string, issues: Array<{ path: Array<string>, message: string }> }
   };

export type ProgramsUpdateWebhookMutationVariables = Exact<{
  id: string;
  input: UpdateWebhookInput;
}>;


export type ProgramsUpdateWebhookMutation = { updateWebhook:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'UpdateWebhookSuccess', webhook: { id: string, url: string, events: Array<WebhookEvent>, description: string | null, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, oldSecretUntil: string | null, createdAt: string } }
    | { __typename: 'ValidationError', message: string, issues: Array<{ path: Array<string>, message: string }> }
   };

export type ProgramsRotateWebhookSecretMutationVariables = Exact<{
  id: string;
}>;


export type ProgramsRotateWebhookSecretMutation = { rotateWebhookSecret:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'RotateWebhookSecretSuccess', secret: string, webhook: { id: string, url: string, events: Array<WebhookEvent>, description: string | null, enabled: boolean, disabledReason: WebhookDisabledReason | null, failingSince: string | null, oldSecretUntil: string | null, createdAt: string } }
    | { __typename: 'UnauthenticatedError', message: string }
   };

export type ProgramsDeleteWebhookMutationVariables = Exact<{
  id: string;
}>;


export type ProgramsDeleteWebhookMutation = { deleteWebhook:
    | { __typename: 'DeleteWebhookSuccess', id: string }
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'UnauthenticatedError', message: string }
   };

export type ProgramsSendTestEventMutationVariables = Exact<{
  webhookId: string;
}>;


export type ProgramsSendTestEventMutation = { sendTestEvent:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'SendTestEventSuccess', delivery: { id: string, messageId: string, type: string, status: WebhookDeliveryStatus, attempts: number, nextTryAt: string | null, lastTriedAt: string | null, responseStatus: number | null, responseBody: string | null, error: string | null, payload: string | null, createdAt: string } }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'ValidationError', message: string }
   };

export type ProgramsResendDeliveryMutationVariables = Exact<{
  id: string;
}>;


export type ProgramsResendDeliveryMutation = { resendWebhookDelivery:
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'ResendWebhookDeliverySuccess', delivery: { id: string, messageId: string, type: string, status: WebhookDeliveryStatus, attempts: number, nextTryAt: string | null, lastTriedAt: string | null, responseStatus: number | null, responseBody: string | null, error: string | null, payload: string | null, createdAt: string } }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'ValidationError', message: string }
   };

export type ResultsQuestionFragment = { id: string, number: number, kind: QuestionKind, prompt: string, points: number, timeLimitSeconds: number, choices: Array<{ id: string, text: string }>, solution: { choiceIds: Array<string>, acceptedAnswers: Array<string>, explanation: string | null }, results: { answerCount: number, correctCount: number, choices: Array<{ choiceId: string, count: number }>, texts: Array<{ text: string, count: number, correct: boolean }> } };

export type ResultsSessionQueryVariables = Exact<{
  code: string;
}>;


export type ResultsSessionQuery = { viewer: { hosts: boolean, user: { id: string } | null } | null, session: { id: string, code: string, version: number, state: SessionState, pacing: Pacing, scoring: Scoring, quizTitle: string, questionCount: number, playerCount: number, createdAt: string, finishedAt: string | null, unsavedChanges: number, review: Array<{ id: string, number: number, kind: QuestionKind, prompt: string, points: number, timeLimitSeconds: number, choices: Array<{ id: string, text: string }>, solution: { choiceIds: Array<string>, acceptedAnswers: Array<string>, explanation: string | null }, results: { answerCount: number, correctCount: number, choices: Array<{ choiceId: string, count: number }>, texts: Array<{ text: string, count: number, correct: boolean }> } }> } | null };

export type ResultsAttemptsQueryVariables = Exact<{
  code: string;
  first: number;
  after?: string | null | undefined;
  answers: number;
}>;


export type ResultsAttemptsQuery = { session: { id: string, version: number, attempts: { edges: Array<{ node: { id: string, nickname: string, status: AttemptStatus, score: number, rank: number, answeredCount: number, correctCount: number, answers: { edges: Array<{ node: { id: string, questionId: string, correct: boolean | null, points: number | null, elapsedMs: number, choiceIds: Array<string>, text: string | null, breakdown: { base: number, speed: number, share: number, streak: number, streakBonus: number } } } | null> } } } | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ResultsReviewQueryVariables = Exact<{
  attemptId: string;
}>;


export type ResultsReviewQuery = { node:
    | { id: string }
    | { id: string }
    | { id: string, review: Array<{ question: { id: string, number: number, kind: QuestionKind, prompt: string, points: number, timeLimitSeconds: number, choices: Array<{ id: string, text: string }>, solution: { choiceIds: Array<string>, acceptedAnswers: Array<string>, explanation: string | null }, results: { answerCount: number, correctCount: number, choices: Array<{ choiceId: string, count: number }>, texts: Array<{ text: string, count: number, correct: boolean }> } } }> }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
   | null };

export type ReportStatisticsFragment = { attemptCount: number, meanScore: number, meanTotal: number | null, standardDeviation: number | null, reliability: number | null, standardError: number | null, smallSample: boolean, upperGroupSize: number | null, lowerGroupSize: number | null, scoreDistribution: Array<{ from: number, to: number, attempts: number }>, questions: Array<{ questionId: string, prompt: string, answerCount: number, askedCount: number, skippedCount: number, correctCount: number, facility: number | null, discrimination: number | null, randomGuessScore: number, elapsedMs: { p25: number, median: number, p75: number, p90: number } | null, choices: Array<{ choiceId: string, text: string, correct: boolean, count: number, upperCount: number | null, lowerCount: number | null }> }> };

export type SessionReportQueryVariables = Exact<{
  id: string;
  attempts: AttemptSelection;
}>;


export type SessionReportQuery = { viewer: { user: { id: string } | null } | null, node:
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { code: string, quizId: string, quizTitle: string, state: SessionState, pacing: Pacing, createdAt: string, questionCount: number, unsavedChanges: number, id: string, statistics: { attemptCount: number, meanScore: number, meanTotal: number | null, standardDeviation: number | null, reliability: number | null, standardError: number | null, smallSample: boolean, upperGroupSize: number | null, lowerGroupSize: number | null, scoreDistribution: Array<{ from: number, to: number, attempts: number }>, questions: Array<{ questionId: string, prompt: string, answerCount: number, askedCount: number, skippedCount: number, correctCount: number, facility: number | null, discrimination: number | null, randomGuessScore: number, elapsedMs: { p25: number, median: number, p75: number, p90: number } | null, choices: Array<{ choiceId: string, text: string, correct: boolean, count: number, upperCount: number | null, lowerCount: number | null }> }> } | null, review: Array<{ id: string, timeLimitSeconds: number, results: { texts: Array<{ text: string, count: number, correct: boolean }> } }> }
    | { id: string }
    | { id: string }
    | { id: string }
   | null };

export type QuizReportQueryVariables = Exact<{
  id: string;
  filter?: AttemptFilter | null | undefined;
  attempts: AttemptSelection;
}>;


export type QuizReportQuery = { viewer: { user: { id: string } | null } | null, quiz: { id: string, title: string, mine: boolean, questionCount: number, questions: Array<{ id: string, timeLimitSeconds: number }> | null } | null, quizStatistics: { attemptCount: number, meanScore: number, meanTotal: number | null, standardDeviation: number | null, reliability: number | null, standardError: number | null, smallSample: boolean, upperGroupSize: number | null, lowerGroupSize: number | null, scoreDistribution: Array<{ from: number, to: number, attempts: number }>, questions: Array<{ questionId: string, prompt: string, answerCount: number, askedCount: number, skippedCount: number, correctCount: number, facility: number | null, discrimination: number | null, randomGuessScore: number, elapsedMs: { p25: number, median: number, p75: number, p90: number } | null, choices: Array<{ choiceId: string, text: string, correct: boolean, count: number, upperCount: number | null, lowerCount: number | null }> }> } | null };

export type ReportedQuizQueryVariables = Exact<{
  id: string;
}>;


export type ReportedQuizQuery = { quiz: { id: string, mine: boolean } | null };

export type ReportSessionsQueryVariables = Exact<{
  id: string;
  first: number;
  attempts: AttemptSelection;
}>;


export type ReportSessionsQuery = { quiz: { id: string, sessions: { edges: Array<{ node: { id: string, state: SessionState, createdAt: string, questionCount: number, statistics: { attemptCount: number, meanScore: number, meanTotal: number | null } | null } } | null>, pageInfo: { hasNextPage: boolean } } } | null };

export type ReportLeadersQueryVariables = Exact<{
  id: string;
  period: LeaderPeriod;
  first: number;
}>;


export type ReportLeadersQuery = { quiz: { id: string, leaders: Array<{ rank: number, nickname: string, score: number, attempts: number, user: { id: string, name: string } | null }> } | null };

export type ReportProgressQueryVariables = Exact<{
  userId: string;
  quizId: string;
  step: ProgressStep;
}>;


export type ReportProgressQuery = { learnerProgress: Array<{ from: string, attempts: number, answers: number, correct: number, meanShare: number | null, meanScore: number, meanElapsedMs: number | null }> };

export type QuestionViewFragment = { id: string, number: number, kind: QuestionKind, prompt: string, timeLimitSeconds: number, points: number, opensAt: string, closesAt: string, choices: Array<{ id: string, text: string }>, solution: { choiceIds: Array<string>, acceptedAnswers: Array<string>, explanation: string | null } | null };

export type SessionViewFragment = { id: string, code: string, version: number, state: SessionState, pacing: Pacing, scoring: Scoring, quizTitle: string, questionCount: number, playerCount: number, closeWhenAllAnswered: boolean, serverTime: string, finishedAt: string | null };

export type LeaderboardViewFragment = { version: number, playerCount: number, entries: Array<{ rank: number, attemptId: string, nickname: string, score: number, correctCount: number }> };

export type AnswerViewFragment = { id: string, questionId: string, correct: boolean | null, points: number | null, elapsedMs: number, choiceIds: Array<string>, text: string | null, breakdown: { base: number, speed: number, share: number, streak: number, streakBonus: number } };

export type AttemptViewFragment = { id: string, nickname: string, status: AttemptStatus, score: number, rank: number, answeredCount: number, correctCount: number, streak: number };

export type ReviewViewFragment = { question: { id: string, number: number, kind: QuestionKind, prompt: string, points: number, choices: Array<{ id: string, text: string }>, solution: { choiceIds: Array<string>, acceptedAnswers: Array<string>, explanation: string | null } }, answer: { id: string, questionId: string, correct: boolean | null, points: number | null, elapsedMs: number, choiceIds: Array<string>, text: string | null, breakdown: { base: number, speed: number, share: number, streak: number, streakBonus: number } } | null };

export type SessionUpdatedSubscriptionVariables = Exact<{
  code: string;
  counts: boolean;
  results: boolean;
}>;


export type SessionUpdatedSubscription = { sessionUpdated: { id: string, code: string, version: number, state: SessionState, pacing: Pacing, scoring: Scoring, quizTitle: string, questionCount: number, playerCount: number, closeWhenAllAnswered: boolean, serverTime: string, finishedAt: string | null, question: { answerCount: number, id: string, number: number, kind: QuestionKind, prompt: string, timeLimitSeconds: number, points: number, opensAt: string, closesAt: string, results?: { answerCount: number, correctCount: number, choices: Array<{ choiceId: string, count: number }>, texts: Array<{ text: string, count: number, correct: boolean }> } | null, choices: Array<{ id: string, text: string }>, solution: { choiceIds: Array<string>, acceptedAnswers: Array<string>, explanation: string | null } | null } | null } };

export type LeaderboardUpdatedSubscriptionVariables = Exact<{
  code: string;
  first: number;
}>;


export type LeaderboardUpdatedSubscription = { leaderboardUpdated: { version: number, playerCount: number, entries: Array<{ rank: number, attemptId: string, nickname: string, score: number, correctCount: number }> } };

export type AttemptUpdatedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AttemptUpdatedSubscription = { attemptUpdated: { id: string, nickname: string, status: AttemptStatus, score: number, rank: number, answeredCount: number, correctCount: number, streak: number } };

export type ServerTimeQueryVariables = Exact<{
  code: string;
}>;


export type ServerTimeQuery = { session: { id: string, serverTime: string } | null };

export type SubmitAnswerMutationVariables = Exact<{
  input: SubmitAnswerInput;
}>;


export type SubmitAnswerMutation = { submitAnswer:
    | { __typename: 'AlreadyAnsweredError', message: string, answer: { id: string, questionId: string, correct: boolean | null, points: number | null, elapsedMs: number, choiceIds: Array<string>, text: string | null, breakdown: { base: number, speed: number, share: number, streak: number, streakBonus: number } } }
    | { __typename: 'ForbiddenError', message: string }
    | { __typename: 'NotFoundError', message: string }
    | { __typename: 'QuestionNotOpenError', message: string }
    | { __typename: 'SubmitAnswerSuccess', answer: { id: string, questionId: string, correct: boolean | null, points: number | null, elapsedMs: number, choiceIds: Array<string>, text: string | null, breakdown: { base: number, speed: number, share: number, streak: number, streakBonus: number } }, attempt: { id: string, nickname: string, status: AttemptStatus, score: number, rank: number, answeredCount: number, correctCount: number, streak: number }, next: { id: string, number: number, kind: QuestionKind, prompt: string, timeLimitSeconds: number, points: number, opensAt: string, closesAt: string, choices: Array<{ id: string, text: string }>, solution: { choiceIds: Array<string>, acceptedAnswers: Array<string>, explanation: string | null } | null } | null }
    | { __typename: 'UnauthenticatedError', message: string }
    | { __typename: 'ValidationError', message: string }
   };

export const AuthorQuizFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AuthorQuiz"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Quiz"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"mine"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"questions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"prompt"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedAnswers"}},{"kind":"Field","name":{"kind":"Name","value":"timeLimitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}},{"kind":"Field","name":{"kind":"Name","value":"choices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"correct"}}]}}]}}]}}]} as unknown as DocumentNode<AuthorQuizFragment, unknown>;
export const CommandResultFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CommandResult"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionResult"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SessionStateError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]}}]} as unknown as DocumentNode<CommandResultFragment, unknown>;
export const LibraryQuizFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LibraryQuiz"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Quiz"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"level"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"questionCount"}},{"kind":"Field","name":{"kind":"Name","value":"mine"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<LibraryQuizFragment, unknown>;
export const ProgramKeyFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProgramKey"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ApiKey"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"start"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastUsedAt"}}]}}]} as unknown as DocumentNode<ProgramKeyFragment, unknown>;
export const ProgramWebhookFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProgramWebhook"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Webhook"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"events"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"disabledReason"}},{"kind":"Field","name":{"kind":"Name","value":"failingSince"}},{"kind":"Field","name":{"kind":"Name","value":"oldSecretUntil"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ProgramWebhookFragment, unknown>;
export const ProgramDeliveryFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProgramDelivery"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"WebhookDelivery"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"messageId"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"nextTryAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastTriedAt"}},{"kind":"Field","name":{"kind":"Name","value":"responseStatus"}},{"kind":"Field","name":{"kind":"Name","value":"responseBody"}},{"kind":"Field","name":{"kind":"Name","value":"error"}},{"kind":"Field","name":{"kind":"Name","value":"payload"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}}]}}]} as unknown as DocumentNode<ProgramDeliveryFragment, unknown>;
export const ResultsQuestionFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ResultsQuestion"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReviewQuestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"prompt"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"timeLimitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"choices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"Field","name":{"kind":"Name","value":"solution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"choiceIds"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedAnswers"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}},{"kind":"Field","name":{"kind":"Name","value":"results"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"answerCount"}},{"kind":"Field","name":{"kind":"Name","value":"correctCount"}},{"kind":"Field","name":{"kind":"Name","value":"choices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"choiceId"}},{"kind":"Field","name":{"kind":"Name","value":"count"}}]}},{"kind":"Field","name":{"kind":"Name","value":"texts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"correct"}}]}}]}}]}}]} as unknown as DocumentNode<ResultsQuestionFragment, unknown>;
export const ReportStatisticsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReportStatistics"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"QuizStatistics"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"attemptCount"}},{"kind":"Field","name":{"kind":"Name","value":"meanScore"}},{"kind":"Field","name":{"kind":"Name","value":"meanTotal"}},{"kind":"Field","name":{"kind":"Name","value":"standardDeviation"}},{"kind":"Field","name":{"kind":"Name","value":"reliability"}},{"kind":"Field","name":{"kind":"Name","value":"standardError"}},{"kind":"Field","name":{"kind":"Name","value":"smallSample"}},{"kind":"Field","name":{"kind":"Name","value":"upperGroupSize"}},{"kind":"Field","name":{"kind":"Name","value":"lowerGroupSize"}},{"kind":"Field","name":{"kind":"Name","value":"scoreDistribution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"from"}},{"kind":"Field","name":{"kind":"Name","value":"to"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"questions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"questionId"}},{"kind":"Field","name":{"kind":"Name","value":"prompt"}},{"kind":"Field","name":{"kind":"Name","value":"answerCount"}},{"kind":"Field","name":{"kind":"Name","value":"askedCount"}},{"kind":"Field","name":{"kind":"Name","value":"skippedCount"}},{"kind":"Field","name":{"kind":"Name","value":"correctCount"}},{"kind":"Field","name":{"kind":"Name","value":"facility"}},{"kind":"Field","name":{"kind":"Name","value":"discrimination"}},{"kind":"Field","name":{"kind":"Name","value":"randomGuessScore"}},{"kind":"Field","name":{"kind":"Name","value":"elapsedMs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"p25"}},{"kind":"Field","name":{"kind":"Name","value":"median"}},{"kind":"Field","name":{"kind":"Name","value":"p75"}},{"kind":"Field","name":{"kind":"Name","value":"p90"}}]}},{"kind":"Field","name":{"kind":"Name","value":"choices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"choiceId"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"correct"}},{"kind":"Field","name":{"kind":"Name","value":"count"}},{"kind":"Field","name":{"kind":"Name","value":"upperCount"}},{"kind":"Field","name":{"kind":"Name","value":"lowerCount"}}]}}]}}]}}]} as unknown as DocumentNode<ReportStatisticsFragment, unknown>;
export const QuestionViewFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"QuestionView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LiveQuestion"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"prompt"}},{"kind":"Field","name":{"kind":"Name","value":"choices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeLimitSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"opensAt"}},{"kind":"Field","name":{"kind":"Name","value":"closesAt"}},{"kind":"Field","name":{"kind":"Name","value":"solution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"choiceIds"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedAnswers"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}}]}}]} as unknown as DocumentNode<QuestionViewFragment, unknown>;
export const SessionViewFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"pacing"}},{"kind":"Field","name":{"kind":"Name","value":"scoring"}},{"kind":"Field","name":{"kind":"Name","value":"quizTitle"}},{"kind":"Field","name":{"kind":"Name","value":"questionCount"}},{"kind":"Field","name":{"kind":"Name","value":"playerCount"}},{"kind":"Field","name":{"kind":"Name","value":"closeWhenAllAnswered"}},{"kind":"Field","name":{"kind":"Name","value":"serverTime"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}}]}}]} as unknown as DocumentNode<SessionViewFragment, unknown>;
export const LeaderboardViewFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LeaderboardView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Leaderboard"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"playerCount"}},{"kind":"Field","name":{"kind":"Name","value":"entries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"attemptId"}},{"kind":"Field","name":{"kind":"Name","value":"nickname"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"correctCount"}}]}}]}}]} as unknown as DocumentNode<LeaderboardViewFragment, unknown>;
export const AttemptViewFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AttemptView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Attempt"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"nickname"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"score"}},{"kind":"Field","name":{"kind":"Name","value":"rank"}},{"kind":"Field","name":{"kind":"Name","value":"answeredCount"}},{"kind":"Field","name":{"kind":"Name","value":"correctCount"}},{"kind":"Field","name":{"kind":"Name","value":"streak"}}]}}]} as unknown as DocumentNode<AttemptViewFragment, unknown>;
export const AnswerViewFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AnswerView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Answer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"questionId"}},{"kind":"Field","name":{"kind":"Name","value":"correct"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"elapsedMs"}},{"kind":"Field","name":{"kind":"Name","value":"choiceIds"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"breakdown"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"base"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"share"}},{"kind":"Field","name":{"kind":"Name","value":"streak"}},{"kind":"Field","name":{"kind":"Name","value":"streakBonus"}}]}}]}}]} as unknown as DocumentNode<AnswerViewFragment, unknown>;
export const ReviewViewFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ReviewView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ReviewItem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"question"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"prompt"}},{"kind":"Field","name":{"kind":"Name","value":"choices"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"text"}}]}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"solution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"choiceIds"}},{"kind":"Field","name":{"kind":"Name","value":"acceptedAnswers"}},{"kind":"Field","name":{"kind":"Name","value":"explanation"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"answer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"AnswerView"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"AnswerView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Answer"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"questionId"}},{"kind":"Field","name":{"kind":"Name","value":"correct"}},{"kind":"Field","name":{"kind":"Name","value":"points"}},{"kind":"Field","name":{"kind":"Name","value":"elapsedMs"}},{"kind":"Field","name":{"kind":"Name","value":"choiceIds"}},{"kind":"Field","name":{"kind":"Name","value":"text"}},{"kind":"Field","name":{"kind":"Name","value":"breakdown"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"base"}},{"kind":"Field","name":{"kind":"Name","value":"speed"}},{"kind":"Field","name":{"kind":"Name","value":"share"}},{"kind":"Field","name":{"kind":"Name","value":"streak"}},{"kind":"Field","name":{"kind":"Name","value":"streakBonus"}}]}}]}}]} as unknown as DocumentNode<ReviewViewFragment, unknown>;
export const ViewerDocument = {"kind":"Document","documentId":"j3FHZhH9h6R7Awc9BaB-Cu","definitions":[]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const SignInDocument = {"kind":"Document","documentId":"_AADtqUcVVNnOlh1ApmYFP","definitions":[]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SignUpDocument = {"kind":"Document","documentId":"Dx2G_MYOi0GxxuydiIHgmp","definitions":[]} as unknown as DocumentNode<SignUpMutation, SignUpMutationVariables>;
export const SignOutDocument = {"kind":"Document","documentId":"lcF2WobADRbo4-QSyunFH_","definitions":[]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const ExportMyDataDocument = {"kind":"Document","documentId":"VNBjm340ejo6MRxJlcN-RV","definitions":[]} as unknown as DocumentNode<ExportMyDataQuery, ExportMyDataQueryVariables>;
export const EraseAccountDocument = {"kind":"Document","documentId":"QOU671RlF4TFgxJ3hHARdv","definitions":[]} as unknown as DocumentNode<EraseAccountMutation, EraseAccountMutationVariables>;
export const AuthorQuizDocument = {"kind":"Document","documentId":"-HEBnv1_aWN6h79ZiaMYHn","definitions":[]} as unknown as DocumentNode<AuthorQuizQuery, AuthorQuizQueryVariables>;
export const AuthorCreateQuizDocument = {"kind":"Document","documentId":"gaiXCNs1S76zdzHquHeDOF","definitions":[]} as unknown as DocumentNode<AuthorCreateQuizMutation, AuthorCreateQuizMutationVariables>;
export const AuthorUpdateQuizDocument = {"kind":"Document","documentId":"R9wTzLLRlH7ZKp9nsaty4p","definitions":[]} as unknown as DocumentNode<AuthorUpdateQuizMutation, AuthorUpdateQuizMutationVariables>;
export const HostAccessDocument = {"kind":"Document","documentId":"cKaMT662D5Pr3BXNM9i6fK","definitions":[]} as unknown as DocumentNode<HostAccessQuery, HostAccessQueryVariables>;
export const SavingDocument = {"kind":"Document","documentId":"dgdujEvGv1zDf80HjJjHIg","definitions":[]} as unknown as DocumentNode<SavingQuery, SavingQueryVariables>;
export const HostPlayersDocument = {"kind":"Document","documentId":"sgSw_J55Rw3BX-YVYG2aun","definitions":[]} as unknown as DocumentNode<HostPlayersQuery, HostPlayersQueryVariables>;
export const StartSessionDocument = {"kind":"Document","documentId":"_gfQZ9sr1Yx4D-aVOWU0Lz","definitions":[]} as unknown as DocumentNode<StartSessionMutation, StartSessionMutationVariables>;
export const NextQuestionDocument = {"kind":"Document","documentId":"zTY3UH6wCbJOx0eLaVM0E4","definitions":[]} as unknown as DocumentNode<NextQuestionMutation, NextQuestionMutationVariables>;
export const CloseQuestionDocument = {"kind":"Document","documentId":"eib3FQKdeZsqimKM3R8gu3","definitions":[]} as unknown as DocumentNode<CloseQuestionMutation, CloseQuestionMutationVariables>;
export const FinishSessionDocument = {"kind":"Document","documentId":"ib1IQtalEa5TaEMwWt-f3g","definitions":[]} as unknown as DocumentNode<FinishSessionMutation, FinishSessionMutationVariables>;
export const RemovePlayerDocument = {"kind":"Document","documentId":"Atin7-CVLiDk1HY-CHeazp","definitions":[]} as unknown as DocumentNode<RemovePlayerMutation, RemovePlayerMutationVariables>;
export const JoinTargetDocument = {"kind":"Document","documentId":"czheWG24J0dBYnlnw_RjvC","definitions":[]} as unknown as DocumentNode<JoinTargetQuery, JoinTargetQueryVariables>;
export const JoinQuizDocument = {"kind":"Document","documentId":"51G-lrkCPDHXDsYMJl1Q8j","definitions":[]} as unknown as DocumentNode<JoinQuizMutation, JoinQuizMutationVariables>;
export const LibraryQuizzesDocument = {"kind":"Document","documentId":"IBJ8xHmjEH2NCMfLTS8YRm","definitions":[]} as unknown as DocumentNode<LibraryQuizzesQuery, LibraryQuizzesQueryVariables>;
export const LibraryQuizPreviewDocument = {"kind":"Document","documentId":"VHiydMC3sOxtvXneH5HJxv","definitions":[]} as unknown as DocumentNode<LibraryQuizPreviewQuery, LibraryQuizPreviewQueryVariables>;
export const LibrarySessionsDocument = {"kind":"Document","documentId":"muZIpceUrXgYqy0T6RtFOZ","definitions":[]} as unknown as DocumentNode<LibrarySessionsQuery, LibrarySessionsQueryVariables>;
export const LibraryCopyQuizDocument = {"kind":"Document","documentId":"6Cj0_z9Qm9JB3XRPR_gN_g","definitions":[]} as unknown as DocumentNode<LibraryCopyQuizMutation, LibraryCopyQuizMutationVariables>;
export const LibraryDeleteQuizDocument = {"kind":"Document","documentId":"v_DuExtWmGcvEGVU6jqIQV","definitions":[]} as unknown as DocumentNode<LibraryDeleteQuizMutation, LibraryDeleteQuizMutationVariables>;
export const LibraryCreateSessionDocument = {"kind":"Document","documentId":"-QQZB1r7wHuKDNZOxPoGe-","definitions":[]} as unknown as DocumentNode<LibraryCreateSessionMutation, LibraryCreateSessionMutationVariables>;
export const OwnSeatDocument = {"kind":"Document","documentId":"Y1T1WLlgXWXm5txoI2rNEs","definitions":[]} as unknown as DocumentNode<OwnSeatQuery, OwnSeatQueryVariables>;
export const OwnQuestionDocument = {"kind":"Document","documentId":"-8UesxVCsc4mu25GL1FQ2T","definitions":[]} as unknown as DocumentNode<OwnQuestionQuery, OwnQuestionQueryVariables>;
export const OwnReviewDocument = {"kind":"Document","documentId":"hE3EiwVVIR3b7h-ScZEFhr","definitions":[]} as unknown as DocumentNode<OwnReviewQuery, OwnReviewQueryVariables>;
export const ProgramKeysDocument = {"kind":"Document","documentId":"ZRXcfku36a_a3nvjoCX1GB","definitions":[]} as unknown as DocumentNode<ProgramKeysQuery, ProgramKeysQueryVariables>;
export const ProgramsCreateApiKeyDocument = {"kind":"Document","documentId":"MJrltyFQcnsVQ7kO9gwOY1","definitions":[]} as unknown as DocumentNode<ProgramsCreateApiKeyMutation, ProgramsCreateApiKeyMutationVariables>;
export const ProgramsRevokeApiKeyDocument = {"kind":"Document","documentId":"3dfZqQWXBcIu6LjGhyLhvd","definitions":[]} as unknown as DocumentNode<ProgramsRevokeApiKeyMutation, ProgramsRevokeApiKeyMutationVariables>;
export const ProgramWebhooksDocument = {"kind":"Document","documentId":"HZAUpfA08DJTWOxbJTV-E3","definitions":[]} as unknown as DocumentNode<ProgramWebhooksQuery, ProgramWebhooksQueryVariables>;
export const ProgramDeliveriesDocument = {"kind":"Document","documentId":"JQcLUIixf-Sll6NzqCAy4P","definitions":[]} as unknown as DocumentNode<ProgramDeliveriesQuery, ProgramDeliveriesQueryVariables>;
export const ProgramsCreateWebhookDocument = {"kind":"Document","documentId":"s-4L6DjqIsdyxABGAgaoCd","definitions":[]} as unknown as DocumentNode<ProgramsCreateWebhookMutation, ProgramsCreateWebhookMutationVariables>;
export const ProgramsUpdateWebhookDocument = {"kind":"Document","documentId":"voJQqTNAxisI-5VKuIqrqp","definitions":[]} as unknown as DocumentNode<ProgramsUpdateWebhookMutation, ProgramsUpdateWebhookMutationVariables>;
export const ProgramsRotateWebhookSecretDocument = {"kind":"Document","documentId":"LFhL-gfLrNYNY6lzQIZrzQ","definitions":[]} as unknown as DocumentNode<ProgramsRotateWebhookSecretMutation, ProgramsRotateWebhookSecretMutationVariables>;
export const ProgramsDeleteWebhookDocument = {"kind":"Document","documentId":"8G67ePs74LIzRQpCwSSBrz","definitions":[]} as unknown as DocumentNode<ProgramsDeleteWebhookMutation, ProgramsDeleteWebhookMutationVariables>;
export const ProgramsSendTestEventDocument = {"kind":"Document","documentId":"Y6MeqECB4OcxsYUIJbqt4x","definitions":[]} as unknown as DocumentNode<ProgramsSendTestEventMutation, ProgramsSendTestEventMutationVariables>;
export const ProgramsResendDeliveryDocument = {"kind":"Document","documentId":"k3laQwSuXc__TaXYvMqG31","definitions":[]} as unknown as DocumentNode<ProgramsResendDeliveryMutation, ProgramsResendDeliveryMutationVariables>;
export const ResultsSessionDocument = {"kind":"Document","documentId":"cQWwcBiZlssWi-D5nOrLEK","definitions":[]} as unknown as DocumentNode<ResultsSessionQuery, ResultsSessionQueryVariables>;
export const ResultsAttemptsDocument = {"kind":"Document","documentId":"4QlCtY2B1N-dzOYi_BT9jW","definitions":[]} as unknown as DocumentNode<ResultsAttemptsQuery, ResultsAttemptsQueryVariables>;
export const ResultsReviewDocument = {"kind":"Document","documentId":"9x_25IX_G12CKG80xuDyIf","definitions":[]} as unknown as DocumentNode<ResultsReviewQuery, ResultsReviewQueryVariables>;
export const SessionReportDocument = {"kind":"Document","documentId":"sSgwW1j1eAcNWLq7csZXMM","definitions":[]} as unknown as DocumentNode<SessionReportQuery, SessionReportQueryVariables>;
export const QuizReportDocument = {"kind":"Document","documentId":"1E05BrG-HB-AXOJP30jhdl","definitions":[]} as unknown as DocumentNode<QuizReportQuery, QuizReportQueryVariables>;
export const ReportedQuizDocument = {"kind":"Document","documentId":"xOqzgVj6CaLvjuqoW5e4lC","definitions":[]} as unknown as DocumentNode<ReportedQuizQuery, ReportedQuizQueryVariables>;
export const ReportSessionsDocument = {"kind":"Document","documentId":"N3KvApioWZGZMf7qJe1OXX","definitions":[]} as unknown as DocumentNode<ReportSessionsQuery, ReportSessionsQueryVariables>;
export const ReportLeadersDocument = {"kind":"Document","documentId":"0TZdjAzTtbBfu_jjgW_z2T","definitions":[]} as unknown as DocumentNode<ReportLeadersQuery, ReportLeadersQueryVariables>;
export const ReportProgressDocument = {"kind":"Document","documentId":"FD1wNnaCF9Xpk8oyBgLgm1","definitions":[]} as unknown as DocumentNode<ReportProgressQuery, ReportProgressQueryVariables>;
export const SessionUpdatedDocument = {"kind":"Document","documentId":"X9LJVpsO9B_aMYJyP7i9xd","definitions":[]} as unknown as DocumentNode<SessionUpdatedSubscription, SessionUpdatedSubscriptionVariables>;
export const LeaderboardUpdatedDocument = {"kind":"Document","documentId":"Jm5I0Zaphau1hKtfbcdOLW","definitions":[]} as unknown as DocumentNode<LeaderboardUpdatedSubscription, LeaderboardUpdatedSubscriptionVariables>;
export const AttemptUpdatedDocument = {"kind":"Document","documentId":"mKM6onXJeQqMaiAegZS31_","definitions":[]} as unknown as DocumentNode<AttemptUpdatedSubscription, AttemptUpdatedSubscriptionVariables>;
export const ServerTimeDocument = {"kind":"Document","documentId":"BxSqQnpi3OBLeOth2IBBKA","definitions":[]} as unknown as DocumentNode<ServerTimeQuery, ServerTimeQueryVariables>;
export const SubmitAnswerDocument = {"kind":"Document","documentId":"Ma5cz3iSS6yGNC3eH16Hvw","definitions":[]} as unknown as DocumentNode<SubmitAnswerMutation, SubmitAnswerMutationVariables>;