import { nextTick, type Ref } from "vue";
import type { DraftText } from "./draft.ts";
import { fillRows, moveItem, pastedLines } from "./editDraft.ts";

export interface UseRows {
  setText: (index: number, text: string) => void;
  add: () => void;
  remove: (index: number) => void;
  move: (from: number, to: number) => void;
  /** Many lines become many rows. */
  onPaste: (event: ClipboardEvent, index: number) => void;
  /** Enter goes to the next row, or makes one; Backspace in an empty row removes it. */
  onKeydown: (event: KeyboardEvent, index: number) => void;
}

/** Short texts below each other, written without the mouse. `set` takes all rows after an edit; a `tag` marks typing. */
export function useRows<T extends DraftText>(options: {
  list: Readonly<Ref<HTMLElement | null>>;
  rows: () => readonly T[];
  set: (rows: readonly T[], tag?: string) => void;
  make: (text?: string) => T;
  min: number;
  max: number;
}): UseRows {
  const { rows, set, make, max, min } = options;

  async function focusRow(index: number): Promise<void> {
    await nextTick();
    const inputs = options.list.value?.querySelectorAll<HTMLInputElement>("input[data-row]");
    inputs?.[Math.max(0, Math.min(index, inputs.length - 1))]?.focus();
  }

  function add(): void {
    if (rows().length >= max) return;
    set([...rows(), make()]);
    void focusRow(rows().length - 1);
  }

  function remove(index: number): void {
    if (rows().length <= min) return;
    set(rows().filter((_row, at) => at !== index));
    void focusRow(index - 1);
  }

  return {
    setText(index, text) {
      const key = rows()[index]?.key;
      set(
        rows().map((row) => (row.key === key ? { ...row, text } : row)),
        key,
      );
    },
    add,
    remove,
    move(from, to) {
      if (to >= 0 && to < rows().length) set(moveItem(rows(), from, to));
    },
    onPaste(event, index) {
      const lines = pastedLines(event.clipboardData?.getData("text/plain") ?? "");
      const { target } = event;
      if (lines.length < 2 || !(target instanceof HTMLInputElement)) return;
      event.preventDefault();
      const before = target.value.slice(0, target.selectionStart ?? undefined);
      const after = target.value.slice(target.selectionEnd ?? target.value.length);
      set(fillRows(rows(), index, lines, { before, after, max, make }));
      void focusRow(index + lines.length - 1);
    },
    onKeydown(event, index) {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        if (index === rows().length - 1) add();
        else void focusRow(index + 1);
      } else if (event.key === "Backspace" && rows()[index]?.text === "" && rows().length > min) {
        event.preventDefault();
        remove(index);
      }
    },
  };
}
