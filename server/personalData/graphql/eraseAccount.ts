import { InvalidCredentialsError } from "../../account/index.ts";
import { builder } from "../../graphql/builder.ts";
import { COMPLEXITY_LIMIT } from "../../graphql/complexity.ts";
import { ErrorInterface, ForbiddenError, refusable, UnauthenticatedError } from "../../graphql/errors.ts";
import { requireUser, unauthenticated } from "../../graphql/identity.ts";
import { type Erased, UnfinishedSessionsError } from "../index.ts";

builder.objectType(UnfinishedSessionsError, {
  name: "UnfinishedSessionsError",
  description: "Sessions that the viewer hosts are not over, and would be taken from under their players.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    codes: t.stringList({
      description: "The codes of those sessions.",
      resolve: ({ sessionCodes }) => [...sessionCodes],
    }),
  }),
});

const HostedSessionsEnum = builder.enumType("HostedSessions", {
  description: "What becomes of the sessions that somebody hosted, once their account is erased.",
  values: {
    KEEP: { description: "They stay as history of those who played, with nobody as their host." },
    DELETE: { description: "They are deleted, with the attempts and answers of everyone who played." },
  } as const,
});

const EraseAccountInput = builder.inputType("EraseAccountInput", {
  description: "Whether it is really meant.",
  fields: (t) => ({
    password: t.string({ required: true, description: "The account's password, once more." }),
    hostedSessions: t.field({
      type: HostedSessionsEnum,
      defaultValue: "KEEP",
      description: "What becomes of the sessions that the viewer hosted.",
    }),
  }),
});

const EraseAccountSuccess = builder.objectRef<Erased>("EraseAccountSuccess").implement({
  description: "The account is gone, and nobody is signed in to it any more.",
  fields: (t) => ({
    attempts: t.exposeInt("attempts", {
      description: "How many attempts of the viewer's stay, as nobody's, in sessions that stay.",
    }),
    quizzesDeleted: t.exposeInt("quizzesDeleted", { description: "Private quizzes that were never played." }),
    quizzesKept: t.exposeInt("quizzesKept", {
      description: "The other quizzes: nobody finds them, but the history of their sessions has them.",
    }),
    sessionsDeleted: t.exposeInt("sessionsDeleted", { description: "Hosted sessions that were deleted." }),
    sessionsKept: t.exposeInt("sessionsKept", { description: "Hosted sessions that have no host any more." }),
  }),
});

const EraseAccountResult = refusable("EraseAccountResult", {
  description:
    "InvalidCredentialsError: the password is wrong. ForbiddenError: API keys may not do this. UnfinishedSessionsError: see there.",
  success: EraseAccountSuccess,
  errors: [UnauthenticatedError, ForbiddenError, InvalidCredentialsError, UnfinishedSessionsError],
});

builder.mutationField("eraseAccount", (t) =>
  t.field({
    type: EraseAccountResult,
    description:
      "Deletes the viewer's account, with its sign-ins, password and API keys, for good. Attempts that they played stay without them: no\naccount, “Erased player” for a nickname, wrong typed texts replaced. In games that go on, they are taken out. A leaderboard of a session that ended within the hour may show the nickname until the hour is over.",
    authScopes: { user: true },
    // A password is hashed.
    complexity: COMPLEXITY_LIMIT.complexity / 10,
    args: { input: t.arg({ type: EraseAccountInput, required: true, description: "Password and choice." }) },
    resolve: async (_root, { input }, context): Promise<Erased> => {
      const { services, credentials, responseHeaders, limits } = context;
      const userId = requireUser(context);
      // Whoever finds a browser signed in may not try passwords here, either.
      await limits.signIn(
        (await services.accounts.emailOf(userId)) ?? "",
        () => services.accounts.checkPassword(userId, input.password),
        (error) => error instanceof InvalidCredentialsError,
      );
      const erased = await services.personalData.eraseUser(userId, input.hostedSessions ?? "KEEP");
      services.accounts.forgetUser(userId);
      await services.accounts.signOut(credentials, responseHeaders);
      if (!erased) throw unauthenticated(context);
      return erased;
    },
  }),
);
