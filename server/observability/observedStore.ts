import type { LiveStore } from "../session/store/liveStore.ts";
import type { StoreRecorder } from "./storeMetrics.ts";
import type { Tracer } from "./tracer.ts";

type Method = (...args: unknown[]) => unknown;

/** The same store, with the time that each of its steps takes recorded, and the taking of answers shown in traces. */
export function observedStore<Store extends LiveStore>(
  store: Store,
  observe: { readonly metrics: { readonly store: StoreRecorder }; readonly tracer: Tracer },
): Store {
  const recorder = observe.metrics.store;
  const observed = new Map<string, Method>();
  const submit: LiveStore["submit"] = (id, submission) =>
    observe.tracer.span("store.submit", {}, () =>
      timed("submit", () => store.submit(id, submission), recorder),
    );
  return new Proxy(store, {
    get(target, name) {
      if (name === "submit") return submit;
      const found: unknown = Reflect.get(target, name, target);
      if (typeof name !== "string" || typeof found !== "function") return found;
      const known = observed.get(name);
      if (known) return known;
      const method: Method = (...args) => timed(name, () => Reflect.apply(found, target, args), recorder);
      observed.set(name, method);
      return method;
    },
  });
}

function timed<Result>(name: string, call: () => Result, recorder: StoreRecorder): Result {
  const began = performance.now();
  const ended = (outcome: "ok" | "failed") =>
    recorder.called(name, outcome, (performance.now() - began) / 1000);
  const result = call();
  if (result instanceof Promise)
    result.then(
      () => ended("ok"),
      () => ended("failed"),
    );
  return result;
}
