export {
  createSharedExecution,
  type Open,
  type SharedExecution,
  type SharedExecutionOptions,
  type SharedSubscription,
} from "./sharedExecution.ts";
export { sharedSubscriptions } from "./yogaPlugin.ts";
