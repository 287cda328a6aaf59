export { createPlannedExecutor, type Execute } from "./plannedExecutor.ts";
export { after, isPromise, type MaybePromise } from "./promises.ts";
