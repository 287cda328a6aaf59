import { builder } from "../../graphql/builder.ts";
import { COMPLEXITY_LIMIT } from "../../graphql/complexity.ts";
import { plainError, refusable, ValidationError } from "../../graphql/errors.ts";
import type { SignedIn } from "../index.ts";
import { EmailTakenError, InvalidCredentialsError } from "../refusals.ts";
import { User } from "./user.ts";

plainError(EmailTakenError, "EmailTakenError", "There is an account with this email address already.");
plainError(
  InvalidCredentialsError,
  "InvalidCredentialsError",
  "Email or password is wrong; which of them is not told.",
);

/** A password is hashed for tens of milliseconds of CPU: an operation has room for a few. */
const HASHING = COMPLEXITY_LIMIT.complexity / 10;

const SignUpInput = builder.inputType("SignUpInput", {
  description: "A new account.",
  fields: (t) => ({
    email: t.string({ required: true, description: "An email address that no account has yet." }),
    password: t.string({ required: true, description: "8 to 128 characters." }),
    name: t.string({ required: true, description: "1 to 80 characters, seen by others." }),
  }),
});

const SignInInput = builder.inputType("SignInInput", {
  description: "What an account was made with.",
  fields: (t) => ({
    email: t.string({ required: true, description: "The account's email address." }),
    password: t.string({ required: true, description: "The account's password." }),
  }),
});

const signedIn = (name: string, description: string) =>
  builder.objectRef<SignedIn>(name).implement({
    description,
    fields: (t) => ({
      token: t.exposeString("token", {
        description: "For programs: `Authorization: Bearer <token>`. Browsers have a cookie instead.",
      }),
      user: t.field({ type: User, description: "The account.", resolve: ({ user }) => user }),
    }),
  });

const SignUpResult = refusable("SignUpResult", {
  success: signedIn("SignUpSuccess", "The account is made and signed in."),
  errors: [EmailTakenError, ValidationError],
});

const SignInResult = refusable("SignInResult", {
  success: signedIn("SignInSuccess", "The account is signed in."),
  errors: [InvalidCredentialsError],
});

builder.mutationField("signUp", (t) =>
  t.field({
    type: SignUpResult,
    description: "Makes an account, and signs in.",
    complexity: HASHING,
    args: { input: t.arg({ type: SignUpInput, required: true, description: "The account." }) },
    resolve: (_root, { input }, { services, responseHeaders, limits }) =>
      limits.signUp(() => services.accounts.signUp(input, responseHeaders)),
  }),
);

builder.mutationField("signIn", (t) =>
  t.field({
    type: SignInResult,
    description: "Signs in with email and password.",
    complexity: HASHING,
    args: { input: t.arg({ type: SignInInput, required: true, description: "Email and password." }) },
    resolve: (_root, { input }, { services, responseHeaders, limits }) =>
      limits.signIn(
        input.email,
        () => services.accounts.signIn(input, responseHeaders),
        (error) => error instanceof InvalidCredentialsError,
      ),
  }),
);
