import { computed, type Ref, ref } from "vue";

/** Whether something waits for a part of the server that is away, though the connection itself is there. */
export interface HeldUp {
  active: Readonly<Ref<boolean>>;
  /** For one operation: to be told at every change whether it waits, and `false` at its end. */
  waiter: () => (waits: boolean) => void;
}

export function createHeldUp(): HeldUp {
  const count = ref(0);
  return {
    active: computed(() => count.value > 0),
    waiter: () => {
      let before = false;
      return (waits) => {
        if (waits !== before) count.value += waits ? 1 : -1;
        before = waits;
      };
    },
  };
}
