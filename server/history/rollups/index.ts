export { SHARE_UNIT } from "./aggregates.ts";
export { computeRollup, readStoredRollup, type Which } from "./readRollup.ts";
export { forgetRollups, rebuildAllRollups, rebuildRollup } from "./rebuildRollups.ts";
export type { Quantiles, QuestionRollup, Rollup } from "./rollup.ts";
export { inTransaction, type RunSql, sqlOf } from "./sql.ts";
export { type Touched, updateRollups } from "./updateRollups.ts";
