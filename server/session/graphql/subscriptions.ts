import { ForbiddenError, NotFoundError } from "../../core/refusals.ts";
import { builder } from "../../graphql/builder.ts";
import type { Context } from "../../graphql/context.ts";
import { unauthenticated } from "../../graphql/identity.ts";
import { whileSignedIn } from "../../graphql/whileSignedIn.ts";
import type { AttemptSnapshot, SessionSnapshot, Standings } from "../domain/session.ts";
import type { ChangeKind, SessionView } from "../sessionFeed.ts";
import { AttemptType } from "./attempt.ts";
import { firstArg, LeaderboardType, leaderboardComplexity, readFirst } from "./leaderboard.ts";
import { SessionType } from "./session.ts";

/**
 * Follows what `read` makes of a session; what is not newer than the last delivered one is left out (I5). Like
 * `for await … yield`, but `return()` reaches the source even while it waits.
 */
function follow<Value extends { readonly version: number }>(
  views: AsyncGenerator<SessionView, void, void>,
  read: (view: SessionView) => Promise<Value | null>,
): AsyncGenerator<Value, void, void> {
  let last = Number.NEGATIVE_INFINITY;
  return {
    async next() {
      for (;;) {
        const step = await views.next();
        if (step.done) return { done: true, value: undefined };
        const value = await read(step.value).catch(async (error: unknown) => {
          // Whoever reads on after a failure does not close what failed: the source would be watched for ever.
          await views.return();
          throw error;
        });
        if (value === null || value.version <= last) continue;
        last = value.version;
        return { done: false, value };
      }
    },
    async return() {
      await views.return();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await views.return();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function sessionByCode(given: string, { services, limits }: Context): Promise<SessionSnapshot> {
  const code = given.trim();
  const session = await limits.byCode(code, () => services.sessions.reader.byCode(code));
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
      const views = context.services.sessions.feed.watch(setup.id, kinds);
      // Its host may ask for attempts and statistics with it.
      return follow(
        views,
        whileSignedIn(context, (view: SessionView) => view.session()),
      );
    },
    resolve: (session: SessionSnapshot) => session,
  }),
);

builder.subscriptionField("attemptUpdated", (t) =>
  t.field({
    type: AttemptType,
    description:
      "The viewer's own attempt, now and at every change of its score, rank or status. For player tokens.\nWhat only others' answers change, the rank, is told once a second at most, and with each change of the session's state.",
    subscribe: (_root, _args, context) => {
      const { identity, services } = context;
      if (identity.kind === "anonymous") throw unauthenticated(context);
      if (identity.kind === "user") throw new ForbiddenError("This follows a player: send a player's token.");
      return services.sessions.feed.followAttempt(identity.sessionId, identity.attemptId);
    },
    resolve: (attempt: AttemptSnapshot) => attempt,
  }),
);
