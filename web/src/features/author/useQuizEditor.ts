import { useEventListener } from "@vueuse/core";
import { type ComputedRef, computed, onScopeDispose, type Ref, ref, shallowRef } from "vue";
import { type Autosave, createAutosave, type SaveState } from "./autosave.ts";
import type { DraftQuestion, QuizDraft } from "./draft.ts";
import { newHistory, record, redo, undo } from "./draftHistory.ts";
import { changeQuestion } from "./editDraft.ts";
import { draftPlace, dropDraft, keepDraft } from "./keptDraft.ts";
import type { OpenedQuiz } from "./openQuiz.ts";
import { saveQuiz } from "./saveQuiz.ts";
import { type FieldId, isValid, type Problem, validateDraft } from "./validateDraft.ts";

export interface UseQuizEditor {
  draft: ComputedRef<QuizDraft>;
  quizId: Ref<string | null>;
  saveState: Ref<SaveState>;
  /** False when this device cannot keep unsaved work: its storage is full or blocked. */
  keptOnDevice: Ref<boolean>;
  canUndo: ComputedRef<boolean>;
  canRedo: ComputedRef<boolean>;
  undo: () => void;
  redo: () => void;
  /** Edits with the same `tag` that follow each other closely are one step of undo. */
  edit: (next: QuizDraft, tag?: string) => void;
  editQuestion: (key: string, change: Partial<DraftQuestion>, tag?: string) => void;
  /** The key of the question in hand; null: the quiz's own details. */
  selectedKey: Ref<string | null>;
  selected: ComputedRef<DraftQuestion | null>;
  select: (key: string | null) => void;
  problems: ComputedRef<readonly Problem[]>;
  /** The problem to show beside a field: none before the author has left it. */
  shownProblem: (field: FieldId) => Problem | undefined;
  /** Whether the question has an error that may be shown. */
  hasShownError: (questionKey: string | null) => boolean;
  touch: (field: FieldId) => void;
  /** Shows every problem and goes to the first; true when there is none. */
  check: () => boolean;
  saveNow: () => Promise<boolean>;
}

/** A quiz in the making: its draft with undo, what is wrong with it, and its saving. Ends with the component's scope. */
export function useQuizEditor(options: { opened: OpenedQuiz; userId: string }): UseQuizEditor {
  const { opened, userId } = options;
  const server = opened.restored?.server ?? null;
  // Restored work is an edit of what the server has, so that undo leads back to that.
  const history = shallowRef(server ? record(newHistory(server), opened.draft, 0) : newHistory(opened.draft));
  const draft = computed(() => history.value.present);
  const quizId = ref(opened.quizId);
  const saveState = shallowRef<SaveState>({ kind: opened.saved ? "saved" : "new" });
  const keptOnDevice = ref(true);
  const selectedKey = ref(opened.quizId === null ? null : (opened.draft.questions[0]?.key ?? null));
  const serverProblems = shallowRef<readonly Problem[]>([]);
  const problems = computed(() => [...validateDraft(draft.value), ...serverProblems.value]);
  const touched = ref(new Set<string>());
  const allShown = ref(opened.restored !== null);
  let base = opened.updatedAt;

  const autosave: Autosave = createAutosave({
    quizId: opened.quizId,
    draft: opened.draft,
    ids: opened.ids,
    saved: opened.saved,
    save: saveQuiz,
    isOnline: () => navigator.onLine,
    keep(unsaved, id) {
      const place = draftPlace(userId, id);
      if (unsaved)
        keptOnDevice.value = keepDraft(localStorage, place, { ...unsaved, base, keptAt: Date.now() });
      else dropDraft(localStorage, place);
    },
    onState(state) {
      saveState.value = state;
      if (state.kind === "saving") serverProblems.value = [];
    },
    onSaved(quiz) {
      if (quizId.value === null) dropDraft(localStorage, draftPlace(userId, null));
      quizId.value = quiz.id;
      base = quiz.updatedAt;
    },
    onProblems(found) {
      serverProblems.value = found;
      for (const { field } of found) touched.value.add(field);
    },
  });
  onScopeDispose(autosave.dispose);
  // Restored work is saved as if it had just been typed; an untouched new quiz is not worth keeping.
  if (opened.restored) autosave.edited(opened.draft);

  const saveNow = () => autosave.flush();
  useEventListener(window, "online", () => void saveNow());
  useEventListener(document, "visibilitychange", () => {
    // A phone may never come back to a page that it hid.
    if (document.visibilityState === "hidden" && navigator.onLine && draft.value !== opened.draft)
      void saveNow();
  });
  useEventListener(window, "beforeunload", (event) => {
    if (draft.value !== opened.draft && !autosave.isSaved()) event.preventDefault();
  });

  function show(next: typeof history.value): void {
    if (next === history.value) return;
    history.value = next;
    autosave.edited(next.present);
  }

  function travel(step: typeof undo<QuizDraft>): void {
    const before = draft.value;
    show(step(history.value));
    selectedKey.value = changedPart(before, draft.value, selectedKey.value);
  }

  const edit: UseQuizEditor["edit"] = (next, tag) => show(record(history.value, next, Date.now(), tag));
  const mayShow = (problem: Problem) =>
    allShown.value ||
    touched.value.has(problem.field) ||
    (problem.questionKey !== null && touched.value.has(problem.questionKey));

  function select(key: string | null): void {
    // Leaving a question shows what it still lacks.
    if (selectedKey.value !== null && selectedKey.value !== key) touched.value.add(selectedKey.value);
    selectedKey.value = key;
  }

  return {
    draft,
    quizId,
    saveState,
    keptOnDevice,
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    undo: () => travel(undo),
    redo: () => travel(redo),
    edit,
    editQuestion: (key, change, tag) =>
      edit(changeQuestion(draft.value, key, change), tag === undefined ? undefined : `${key}.${tag}`),
    selectedKey,
    selected: computed(() => draft.value.questions.find(({ key }) => key === selectedKey.value) ?? null),
    select,
    problems,
    shownProblem: (field) => problems.value.find((problem) => problem.field === field && mayShow(problem)),
    hasShownError: (questionKey) =>
      problems.value.some(
        (problem) => problem.questionKey === questionKey && problem.severity === "error" && mayShow(problem),
      ),
    touch: (field) => touched.value.add(field),
    check() {
      allShown.value = true;
      const first = problems.value.find(({ severity }) => severity === "error");
      if (first) selectedKey.value = first.questionKey;
      return isValid(problems.value);
    },
    saveNow,
  };
}

/** What has changed should be seen to change: the key of the question to show; null for the quiz's details. */
function changedPart(before: QuizDraft, after: QuizDraft, shown: string | null): string | null {
  const known = new Map(before.questions.map((question) => [question.key, question]));
  const changed = after.questions.find((question) => {
    const earlier = known.get(question.key);
    return earlier !== question && contentsOf(earlier) !== contentsOf(question);
  });
  if (changed) return changed.key;
  const sameDetails = before.title === after.title && before.description === after.description;
  const stillThere = after.questions.some(({ key }) => key === shown);
  return sameDetails && stillThere ? shown : null;
}

const contentsOf = (question: DraftQuestion | undefined): string | undefined =>
  JSON.stringify(question, (name, value: unknown) => (name === "key" ? undefined : value));
