import { reactive } from "vue";

export interface ToastAction {
  label: string;
  run: () => void;
}
export interface Toast {
  id: number;
  kind: "success" | "error";
  text: string;
  action?: ToastAction;
}

const lifeMs = 5_000;
// Someone has to read it and reach the button: WCAG 2.2.1.
const lifeWithActionMs = 12_000;

const toasts = reactive<Toast[]>([]);
let lastId = 0;

function dismiss(id: number): void {
  const index = toasts.findIndex((toast) => toast.id === id);
  if (index >= 0) toasts.splice(index, 1);
}

function add(kind: Toast["kind"], text: string, action?: ToastAction): void {
  lastId += 1;
  const id = lastId;
  toasts.push({ id, kind, text, ...(action === undefined ? {} : { action }) });
  setTimeout(() => dismiss(id), action === undefined ? lifeMs : lifeWithActionMs);
}

/** Short messages at the edge of the screen; the action is for "Undo". */
export function useToasts() {
  return {
    toasts,
    dismiss,
    success: (text: string, action?: ToastAction) => add("success", text, action),
    error: (text: string, action?: ToastAction) => add("error", text, action),
  };
}
