export { type Accounts, type AccountUser, createAccounts, type SignedIn } from "./accounts.ts";
export type { ApiKeyScope } from "./apiKeyScopes.ts";
export { type ApiKey, isApiKey, type KeyHolder } from "./apiKeys.ts";
export { type Auth, type AuthOptions, createAuth } from "./auth.ts";
export { createPlayerTokens, type PlayerClaim, type PlayerTokens } from "./playerTokens.ts";
export { InvalidCredentialsError } from "./refusals.ts";
