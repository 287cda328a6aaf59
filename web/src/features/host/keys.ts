/** What keys do on the host's screen. */
export type HostKeyAction = "primary" | "close" | "leaderboard" | "fullscreen" | "menu" | "shortcuts";

/** The keys and their actions: one table for the listener and for the dialog that explains them. */
export const HOST_KEYS: readonly { action: HostKeyAction; keys: readonly string[] }[] = [
  { action: "primary", keys: [" ", "Enter", "ArrowRight", "PageDown"] },
  { action: "close", keys: ["c"] },
  { action: "leaderboard", keys: ["l"] },
  { action: "fullscreen", keys: ["f"] },
  { action: "menu", keys: ["m"] },
  { action: "shortcuts", keys: ["?"] },
];

interface PressedKey {
  key: string;
  repeat: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/**
 * The action of a pressed key, or null. Held keys count once, and the browser's own combinations are left alone.
 * PageDown is what presenters' clickers send.
 */
export function hostKeyAction(event: PressedKey): HostKeyAction | null {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return HOST_KEYS.find(({ keys }) => keys.includes(key))?.action ?? null;
}

/** Keys that a focused control uses itself, so that Space on a button presses that button alone. */
const USED_BY_CONTROLS = new Set([" ", "Enter"]);

interface FocusedThing {
  closest(selector: string): unknown;
}

/** Whether a key belongs to what has the focus: text fields take every key, buttons and menus some. */
export function belongsToFocus(key: string, target: FocusedThing | null): boolean {
  if (!target) return false;
  if (
    target.closest(
      "input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu]",
    )
  )
    return true;
  return USED_BY_CONTROLS.has(key) && target.closest("button, a[href], summary, [role=button]") !== null;
}
