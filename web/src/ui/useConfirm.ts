import { shallowRef } from "vue";

export interface ConfirmRequest {
  title: string;
  description?: string;
  /** What the button does, in words: "Delete quiz". */
  confirmLabel: string;
  danger?: boolean;
}

interface PendingConfirm extends ConfirmRequest {
  settle: (confirmed: boolean) => void;
}

/** The question that is on screen now, if any. */
export const pendingConfirm = shallowRef<PendingConfirm>();

function confirm(request: ConfirmRequest): Promise<boolean> {
  pendingConfirm.value?.settle(false);
  return new Promise((resolve) => {
    pendingConfirm.value = {
      ...request,
      settle: (confirmed) => {
        pendingConfirm.value = undefined;
        resolve(confirmed);
      },
    };
  });
}

/** `if (await confirm({ title, confirmLabel })) …`. Escape and a click beside it mean no. */
export function useConfirm() {
  return { confirm };
}
