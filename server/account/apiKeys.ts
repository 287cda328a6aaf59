import { defaultKeyHasher } from "@better-auth/api-key";
import type { Clock } from "../core/clock.ts";
import { type ApiKeyId, readId, type UserId } from "../core/ids.ts";
import { parseInput } from "../core/parseInput.ts";
import { ValidationError } from "../core/refusals.ts";
import type { PrismaClient } from "../generated/prisma/client.ts";
import { API_KEY_SCOPES, type ApiKeyScope, permissionsOf, scopesOf } from "./apiKeyScopes.ts";
import { API_KEY_PREFIX, type Auth } from "./auth.ts";
import { createLastUses } from "./lastUses.ts";
import { rememberUsers } from "./rememberedUsers.ts";
import { API_KEY_LIMIT, apiKeyRules } from "./rules.ts";

/** Whom a key stands for, and what it may do in their name. */
export interface KeyHolder {
  readonly userId: UserId;
  readonly keyId: ApiKeyId;
  readonly scopes: readonly ApiKeyScope[];
}

/** A key as its owner sees it, without the key itself. */
export interface ApiKey {
  readonly id: ApiKeyId;
  readonly name: string;
  /** The first characters of the key. */
  readonly start: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

export interface NewApiKey {
  readonly name: string;
  readonly expiresAt?: Date | null | undefined;
  /** All of them unless told. */
  readonly scopes?: readonly ApiKeyScope[] | null | undefined;
}

const COLUMNS = {
  ...{ id: true, name: true, start: true, permissions: true },
  ...{ createdAt: true, expiresAt: true, lastRequest: true },
} as const;

/**
 * The keys of programs. better-auth makes them; they are looked up here, by the same hash, since its own way writes
 * twice for each request.
 */
export function createApiKeys(auth: Auth, prisma: PrismaClient, clock: Clock) {
  const holders = rememberUsers<KeyHolder>(clock);
  const lastUses = createLastUses(prisma, clock);
  const refuseOver = async (userId: UserId, most: number) => {
    if ((await prisma.apiKey.count({ where: { referenceId: userId } })) > most)
      throw ValidationError.of([], `You have ${API_KEY_LIMIT} keys, and cannot have more: revoke one first.`);
  };

  async function lookUp(key: string): Promise<KeyHolder | null> {
    const row = await prisma.apiKey.findFirst({
      where: { key: await defaultKeyHasher(key) },
      select: { ...COLUMNS, referenceId: true, enabled: true },
    });
    const userId = row && readId<"User">(row.referenceId);
    if (!row?.enabled || !userId || isOver(row.expiresAt)) return null;
    await lastUses.note(row);
    return { userId, keyId: row.id as ApiKeyId, scopes: scopesOf(row.permissions) };
  }

  const isOver = (expiresAt: Date | null) => expiresAt !== null && expiresAt.getTime() <= clock.now();

  return {
    /** The key itself, shown this once and stored hashed, and what is seen of it later. @throws ValidationError */
    async create(userId: UserId, input: NewApiKey): Promise<{ key: string; apiKey: ApiKey }> {
      const now = clock.now();
      const { name, expiresAt, scopes } = parseInput(apiKeyRules(now), input);
      await refuseOver(userId, API_KEY_LIMIT - 1);
      const expiresIn = expiresAt ? Math.max(1, Math.round((expiresAt.getTime() - now) / 1000)) : null;
      const body = { name, expiresIn, userId, ...permissionsOf(scopes ?? API_KEY_SCOPES) };
      const { key, id } = await auth.api.createApiKey({ body });
      // Others may have been made at the same moment: then none too many of them stays.
      await refuseOver(userId, API_KEY_LIMIT).catch(async (refusal: unknown) => {
        await prisma.apiKey.deleteMany({ where: { id } });
        throw refusal;
      });
      // To the millisecond, and by the clock that will judge it.
      const data = { expiresAt: expiresAt ?? null };
      return { key, apiKey: apiKeyOf(await prisma.apiKey.update({ where: { id }, data, select: COLUMNS })) };
    },

    /** The user's keys, newest first: those that have run out too, until they are cleaned up. */
    async ofUser(userId: UserId): Promise<ApiKey[]> {
      const rows = await prisma.apiKey.findMany({
        where: { referenceId: userId },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        select: COLUMNS,
      });
      return rows.map(apiKeyOf);
    },

    /** One of the user's keys; null where they have no such one. */
    async byId(userId: UserId, id: ApiKeyId): Promise<ApiKey | null> {
      const row = await prisma.apiKey.findFirst({ where: { id, referenceId: userId }, select: COLUMNS });
      return row && apiKeyOf(row);
    },

    /**
     * Ends a key of the user's. It counts no more from now on: each request looks it up anew. A server that cannot reach
     * the database goes on with what it last knew for up to 15 minutes. False where there is no such key (any more).
     */
    async revoke(userId: UserId, id: ApiKeyId): Promise<boolean> {
      const { count } = await prisma.apiKey.deleteMany({ where: { id, referenceId: userId } });
      if (count > 0) holders.forgetAll(({ keyId }) => keyId === id);
      return count > 0;
    },

    /** Whose key it is; null for one that nobody made, that was revoked, or that has run out. */
    holderOf: (key: string): Promise<KeyHolder | null> => holders.of(key, () => lookUp(key)),

    /** The user is gone: none of their keys counts, even where they cannot be looked up. */
    forgetUser(userId: UserId): void {
      holders.forgetAll((holder) => holder.userId === userId);
    },
  };
}

/** Whether a token is a key, by its look. */
export const isApiKey = (token: string): boolean => token.startsWith(API_KEY_PREFIX);

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly start: string | null;
  readonly permissions: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastRequest: Date | null;
}

function apiKeyOf(row: Row): ApiKey {
  return {
    id: row.id as ApiKeyId,
    name: row.name ?? "",
    start: row.start ?? API_KEY_PREFIX,
    scopes: scopesOf(row.permissions),
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastRequest,
  };
}
