import { useEventListener } from "@vueuse/core";
import { type Ref, ref } from "vue";

/** Whether the page is being printed: what can be opened on a screen has to be open on paper. */
export function usePrinting(): { printing: Readonly<Ref<boolean>> } {
  const printing = ref(false);
  useEventListener(window, "beforeprint", () => {
    printing.value = true;
  });
  useEventListener(window, "afterprint", () => {
    printing.value = false;
  });
  return { printing };
}
