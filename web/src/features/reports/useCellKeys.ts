import { type Ref, ref } from "vue";

interface CellPosition {
  row: number;
  column: number;
}
export interface UseCellKeys {
  /** The one cell that Tab reaches. */
  current: Ref<CellPosition>;
  onKeydown: (event: KeyboardEvent) => void;
  onFocusin: (event: FocusEvent) => void;
}

/** Where an arrow key, Home or End leads from a cell, kept inside the table; null for other keys. */
export function moveCell(
  from: CellPosition,
  key: string,
  size: { rows: number; columns: number },
): CellPosition | null {
  const clamp = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));
  const at = (row: number, column: number) => ({
    row: clamp(row, size.rows),
    column: clamp(column, size.columns),
  });
  switch (key) {
    case "ArrowUp":
      return at(from.row - 1, from.column);
    case "ArrowDown":
      return at(from.row + 1, from.column);
    case "ArrowLeft":
      return at(from.row, from.column - 1);
    case "ArrowRight":
      return at(from.row, from.column + 1);
    case "Home":
      return at(from.row, 0);
    case "End":
      return at(from.row, size.columns - 1);
    default:
      return null;
  }
}

function cellOf(target: EventTarget | null): CellPosition | null {
  if (!(target instanceof HTMLElement)) return null;
  const { row, column } = target.dataset;
  return row === undefined || column === undefined ? null : { row: Number(row), column: Number(column) };
}

/** Moves the focus among a table's cells (elements with data-row and data-column) by the arrow keys. */
export function useCellKeys(size: () => { rows: number; columns: number }): UseCellKeys {
  const current = ref<CellPosition>({ row: 0, column: 0 });

  function onFocusin({ target }: FocusEvent) {
    const cell = cellOf(target);
    if (cell) current.value = cell;
  }

  function onKeydown(event: KeyboardEvent) {
    const from = cellOf(event.target);
    const to = from && moveCell(from, event.key, size());
    if (!to || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    event.currentTarget
      .querySelector<HTMLElement>(`[data-row="${to.row}"][data-column="${to.column}"]`)
      ?.focus();
  }

  return { current, onKeydown, onFocusin };
}
