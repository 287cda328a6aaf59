import { isAPIError } from "better-auth/api";
import { getSessionCookie } from "better-auth/cookies";
import type { Clock } from "../core/clock.ts";
import { type Id, readId, type UserId } from "../core/ids.ts";
import { parseInput } from "../core/parseInput.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { createApiKeys } from "./apiKeys.ts";
import { type Auth, COOKIE_PREFIX } from "./auth.ts";
import { EmailTakenError, InvalidCredentialsError } from "./refusals.ts";
import { rememberUsers } from "./rememberedUsers.ts";
import { signUpRules } from "./rules.ts";

/** Of an account, what others may see. */
export interface AccountUser {
  readonly id: UserId;
  readonly name: string;
}

/** A sign-in that has just begun. The token goes into `Authorization: Bearer`. */
export interface SignedIn {
  readonly token: string;
  readonly user: AccountUser;
}

export type Accounts = ReturnType<typeof createAccounts>;

/** The use cases of accounts, over better-auth. `responseHeaders` receive what browsers keep: the cookie. */
export function createAccounts(auth: Auth, prisma: PrismaClient, clock: Clock) {
  const users = rememberUsers(clock);
  const apiKeys = createApiKeys(auth, prisma, clock);
  return {
    apiKeys,

    /** @throws ValidationError, EmailTakenError */
    async signUp(
      input: { email: string; password: string; name: string },
      responseHeaders: Headers,
    ): Promise<SignedIn> {
      const body = parseInput(signUpRules, input);
      const { response, headers } = await auth.api
        .signUpEmail({ body, returnHeaders: true })
        .catch(async (error: unknown) => {
          // Two at once with one address: the second meets the unique index, as a failure without a cause.
          const taken = isAPIError(error) && (await prisma.user.count({ where: { email: body.email } })) > 0;
          throw taken ? new EmailTakenError() : error;
        });
      if (response.token === null) throw new Error("Signing up did not sign in.");
      passCookies(headers, responseHeaders);
      return { token: response.token, user: toUser(response.user) };
    },

    /** Takes as long for an unknown address as for a wrong password. @throws InvalidCredentialsError */
    async signIn(input: { email: string; password: string }, responseHeaders: Headers): Promise<SignedIn> {
      const body = { email: input.email.trim(), password: input.password };
      const { response, headers } = await auth.api
        .signInEmail({ body, returnHeaders: true })
        .catch((error: unknown) => {
          throw isAPIError(error) && error.statusCode < 500 ? new InvalidCredentialsError() : error;
        });
      passCookies(headers, responseHeaders);
      return { token: response.token, user: toUser(response.user) };
    },

    /** Where the user signs in; null for no such user. */
    async emailOf(userId: UserId): Promise<string | null> {
      const row = await prisma.user.findUnique({ where: { id: userId }, select: { email: true } });
      return row?.email ?? null;
    },

    /** Takes as long as signing in. @throws InvalidCredentialsError where it is not the user's password */
    async checkPassword(userId: UserId, password: string): Promise<void> {
      const credential = await prisma.credential.findFirst({ where: { userId, providerId: "credential" } });
      const { verify } = (await auth.$context).password;
      const hash = credential?.password;
      if (!hash || !(await verify({ hash, password }))) throw new InvalidCredentialsError();
    },

    /** The user is gone: none of their sign-ins and keys counts, even where they cannot be looked up. */
    forgetUser(userId: UserId): void {
      users.forgetAll((id) => id === userId);
      apiKeys.forgetUser(userId);
    },

    /** Ends the sign-in that these credentials belong to, if any, and clears the cookie. */
    async signOut(credentials: Headers, responseHeaders: Headers): Promise<void> {
      users.forget(
        credentials.get("authorization")?.replace(/^Bearer /, "") ?? credentials.get("cookie") ?? "",
      );
      const { headers } = await auth.api.signOut({ headers: credentials, returnHeaders: true });
      passCookies(headers, responseHeaders);
    },

    /** Whose sign-in this token is, as signIn and signUp gave it; null for none that lasts. */
    userOfToken: (token: string): Promise<UserId | null> =>
      users.of(token, async () => {
        const headers = new Headers({ authorization: `Bearer ${token}` });
        const found = await auth.api.getSession({ headers });
        return found && readId(found.user.id);
      }),

    hasSignInCookie: (headers: Headers): boolean =>
      getSessionCookie(headers, { cookiePrefix: COOKIE_PREFIX }) !== null,

    /** Whose sign-in the cookie is; once a day this also makes it last longer. */
    userOfCookie(headers: Headers, responseHeaders: Headers): Promise<UserId | null> {
      const cookie = headers.get("cookie") ?? "";
      return users.of(cookie, async () => {
        const credentials = new Headers({ cookie });
        const found = await auth.api.getSession({ headers: credentials, returnHeaders: true });
        passCookies(found.headers, responseHeaders);
        return found.response && readId(found.response.user.id);
      });
    },

    /** In the order of the ids; null where there is no such user. */
    async usersByIds(ids: readonly UserId[]): Promise<(AccountUser | null)[]> {
      const rows = await prisma.user.findMany({
        where: { id: { in: [...ids] } },
        select: { id: true, name: true },
      });
      const users = new Map(rows.map((row) => [row.id, toUser(row)]));
      return ids.map((id) => users.get(id) ?? null);
    },
  };
}

function toUser({ id, name }: { id: string; name: string }): AccountUser {
  return { id: id as Id<"User">, name };
}

function passCookies(from: Headers, to: Headers): void {
  for (const cookie of from.getSetCookie()) to.append("set-cookie", cookie);
}
