import type { CommandResultFragment } from "../../graphql/generated/graphql.ts";
import type { MessageKey } from "../../i18n/i18n.ts";

type Refusal = Exclude<CommandResultFragment["__typename"], "SessionSuccess">;

const keys: Record<Refusal, MessageKey> = {
  SessionStateError: "host.refused.state",
  ForbiddenError: "host.refused.forbidden",
  UnauthenticatedError: "host.refused.signedOut",
  NotFoundError: "host.refused.notFound",
};

/** What to say when the server refuses a command of the host. */
export function refusalKey(typename: CommandResultFragment["__typename"] | undefined): MessageKey {
  return typename === undefined || typename === "SessionSuccess" ? "common.errorServer" : keys[typename];
}
