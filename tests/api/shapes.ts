/** What the operations of `quizApi.ts` select of the schema's types. */

export type AnswerInput = Readonly<Record<string, unknown>>;

export interface SessionOptions {
  readonly pacing?: "HOST_PACED" | "SELF_PACED";
  readonly scoring?: "CLASSIC" | "ACCURACY";
  readonly closeWhenAllAnswered?: boolean;
}

export interface Refusal {
  readonly __typename: string;
  readonly message: string;
  readonly issues: readonly { readonly path: readonly string[]; readonly message: string }[];
  readonly state: string;
  readonly suggestion: string;
}

export interface Quiz {
  readonly id: string;
  readonly title: string;
  readonly questions: readonly {
    readonly id: string;
    readonly kind: "SINGLE_CHOICE" | "MULTIPLE_CHOICE" | "TYPED" | "ORDER";
    readonly prompt: string;
    readonly choices: readonly { readonly id: string; readonly text: string; readonly correct: boolean }[];
    readonly acceptedAnswers: readonly string[];
  }[];
}

export interface LiveQuestion {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly choices: readonly { readonly id: string; readonly text: string }[];
  readonly opensAt: string;
  readonly closesAt: string;
  readonly answerCount: number;
  readonly solution: { readonly choiceIds: readonly string[] } | null;
  readonly results: { readonly answerCount: number } | null;
}

export interface Session {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly state: string;
  readonly quizTitle: string;
  readonly playerCount: number;
  readonly question: LiveQuestion | null;
}

export interface Answer {
  readonly id: string;
  readonly questionId: string;
  readonly correct: boolean;
  readonly points: number;
  readonly elapsedMs: number;
  readonly breakdown: {
    readonly base: number;
    readonly speed: number;
    readonly share: number;
    readonly streak: number;
    readonly streakBonus: number;
  };
}

export interface Attempt {
  readonly id: string;
  readonly nickname: string;
  readonly status: string;
  readonly score: number;
  readonly rank: number;
  readonly answeredCount: number;
  readonly correctCount: number;
  readonly streak: number;
  readonly question: LiveQuestion | null;
  readonly finishedAt: string | null;
  readonly answers: { readonly edges: readonly { readonly node: Answer }[] };
  readonly review: readonly {
    readonly question: { readonly id: string; readonly solution: { readonly choiceIds: readonly string[] } };
    readonly answer: { readonly points: number } | null;
  }[];
}

export interface Joined {
  readonly playerToken: string;
  readonly attempt: Attempt;
  readonly session: Session;
}

export interface Submitted {
  readonly answer: Answer;
  readonly attempt: Attempt;
  readonly next: LiveQuestion | null;
}
