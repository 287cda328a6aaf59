import { builder } from "../../graphql/builder.ts";
import { refusable, UnauthenticatedError } from "../../graphql/errors.ts";
import { unauthenticated } from "../../graphql/identity.ts";

const SignOutSuccess = builder.objectRef<{ signedOut: boolean }>("SignOutSuccess").implement({
  description: "Nobody is signed in by what the request came with, any more.",
  fields: (t) => ({
    signedOut: t.exposeBoolean("signedOut", { description: "Whether there was a sign-in to end." }),
  }),
});

const SignOutResult = refusable("SignOutResult", { success: SignOutSuccess, errors: [UnauthenticatedError] });

builder.mutationField("signOut", (t) =>
  t.field({
    type: SignOutResult,
    description: "Ends the sign-in that the request came with, and clears the browser's cookie.",
    resolve: async (_root, _args, context) => {
      const { identity, services, credentials, responseHeaders } = context;
      // A sign-in that has run out leaves a cookie to clear, and the user where they wanted to be.
      if (identity.kind !== "user" && !context.invalidToken) throw unauthenticated(context);
      await services.accounts.signOut(credentials, responseHeaders);
      return { signedOut: identity.kind === "user" && identity.via !== "api-key" };
    },
  }),
);
