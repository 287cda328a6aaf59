export { type Accounts, type AccountUser, createAccounts, type SignedIn } from "./accounts.ts";
export { type Auth, type AuthOptions, createAuth } from "./auth.ts";
export { createPlayerTokens, type PlayerClaim, type PlayerTokens } from "./playerTokens.ts";
