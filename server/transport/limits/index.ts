export { createBodyLimit, MAX_AUTHOR_BODY_BYTES, MAX_BODY_BYTES, type RefuseRequest } from "./bodyLimit.ts";
export { DOCUMENT_LIMITS, documentLimits } from "./documentLimits.ts";
export { failureBudgets } from "./failureBudget.ts";
export { limitedContext } from "./limitedContext.ts";
export { limitMessages } from "./messageRate.ts";
export { createProtection, type Protection, type ProtectionOptions } from "./protection.ts";
export { limitStreams } from "./streamLimit.ts";
