import { ForbiddenError, NotFoundError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import type { Context } from "../../graphql/context.ts";
import { unauthenticated } from "../../graphql/identity.ts";
import type { AttemptSnapshot, SessionSnapshot, Standings } from "../domain/session.ts";
import type { ChangeKind, SessionView } from "../sessionFeed.ts";
import { AttemptType } from "./attempt.ts";
import { firstArg, LeaderboardType, leaderboardComplexity, readFirst } from "./leaderboard.ts";
import { SessionType } from "./session.ts";

/** Follows what `read` makes of a session; what is not newer than the last delivered one is left out (I5). */
function follow<Value extends { readonly version: number }>(
  views: AsyncGenerator<SessionView, void, void>,
  read: (view: SessionView) => Promise<Value | null>,
): AsyncGenerator<Value, void, void> {
  return mapped(views, async (view, last: Value | undefined) => {
    const value = await read(view);
    return value && (!last || value.version > last.version) ? value : null;
  });
}

/** Like `for await … yield`, but `return()` reaches the source even while it waits. */
function mapped<From, To>(
  source: AsyncGenerator<From, void, void>,
  map: (from: From, last: To | undefined) => Promise<To | null>,
): AsyncGenerator<To, void, void> {
  let last: To | undefined;
  return {
    async next() {
      for (;;) {
        const step = await source.next();
        if (step.done) return { done: true, value: undefined };
        const value = await map(step.value, last).catch(async (error: unknown) => {
          // Whoever reads on after a failure does not close what failed: the source would be watched for ever.
          await source.return();
          throw error;
        });
        if (value === null) continue;
        last = value;
        return { done: false, value };
      }
    },
    async return() {
      await source.return();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await source.return();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function sessionByCode(code: string, { services }: Context): Promise<SessionSnapshot> {
  const session = await services.sessions.reader.byCode(code.trim());
  if (!session) throw new NotFoundError("There is no session with this code.");
  return session;
}

const codeArg = { required: true, description: "The six digits." } as const;

builder.subscriptionField("leaderboardUpdated", (t) =>
  t.field({
    type: LeaderboardType,
    description:
      "The current standings at once, then again after they change: coalesced under load, with the\nnewest state always delivered.",
    extensions: { sharedState: true },
    args: { code: t.arg.string(codeArg), first: firstArg(t.arg) },
    complexity: leaderboardComplexity,
    subscribe: async (_root, args, context) => {
      const first = readFirst(args.first);
      const { setup } = await sessionByCode(args.code, context);
      const views = context.services.sessions.feed.watch(setup.id, ["standings"]);
      return follow(views, (view) => view.standings(first));
    },
    resolve: (standings: Standings) => standings,
  }),
);

builder.subscriptionField("sessionUpdated", (t) =>
  t.field({
    type: SessionType,
    description:
      "The session as it is now, then at every change of its state or question: lobby, question opened, closed, finished.\nWith `counts`, at changes of playerCount and answerCount too, coalesced under load.",
    extensions: { sharedState: true },
    args: {
      code: t.arg.string(codeArg),
      counts: t.arg.boolean({ defaultValue: false, description: "Also at changes of the counts." }),
    },
    subscribe: async (_root, args, context) => {
      const { setup } = await sessionByCode(args.code, context);
      const kinds: ChangeKind[] = args.counts ? ["state", "standings"] : ["state"];
      return follow(context.services.sessions.feed.watch(setup.id, kinds), (view) => view.session());
    },
    resolve: (session: SessionSnapshot) => session,
  }),
);

builder.subscriptionField("attemptUpdated", (t) =>
  t.field({
    type: AttemptType,
    description:
      "The viewer's own attempt, now and at every change of its score, rank or status. For player tokens.",
    subscribe: (_root, _args, context) => {
      const { identity, services } = context;
      if (identity.kind === "anonymous") throw unauthenticated(context);
      if (identity.kind === "user") throw new ForbiddenError("This follows a player: send a player's token.");
      const { sessionId, attemptId } = identity;
      const { feed } = services.sessions;
      return mapped(
        feed.watch(sessionId, ["state", "standings", "attempt"]),
        async (view, last: AttemptSnapshot | undefined) => {
          const attempt = await view.attempt(attemptId);
          return attempt && (!last || differs(attempt, last)) ? attempt : null;
        },
      );
    },
    resolve: (attempt: AttemptSnapshot) => attempt,
  }),
);

/** Whether the player would see a difference: their own record, or where they stand among the others. */
function differs(now: AttemptSnapshot, last: AttemptSnapshot): boolean {
  return (
    now.record.version !== last.record.version ||
    now.rank !== last.rank ||
    now.status !== last.status ||
    now.streak !== last.streak
  );
}
