import { hkdfSync } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import type { Clock } from "../core/clock.ts";
import { readId, type UserId } from "../core/ids.ts";
import { type ExportRequest, exportName, readStoredRequest } from "./request.ts";

/** Whose export of what an address is. */
export interface LinkClaim {
  readonly userId: UserId;
  readonly request: ExportRequest;
}

export interface ExportLink {
  readonly url: string;
  readonly expiresAt: Date;
}

export interface ExportLinks {
  issue(claim: LinkClaim): Promise<ExportLink>;
  /** Null for a token that was changed, made elsewhere or for something else, or is too old. */
  verify(token: string): Promise<LinkClaim | null>;
}

const ISSUER = "vocabulary-quiz";
const AUDIENCE = "export";
const ALGORITHM = "HS256";
/** Long enough to paste an address into another program; it can be read in logs and histories afterwards. */
const LIFETIME_SECONDS = 15 * 60;

/** Addresses that need nothing else to be fetched: signed, not stored, good on every server that has the secret. */
export function createExportLinks(options: {
  readonly secret: string;
  readonly publicUrl: string;
  readonly clock: Clock;
}): ExportLinks {
  const { secret, publicUrl, clock } = options;
  // A key of its own, so that no signature made for one use of the secret is good for another.
  const key = new Uint8Array(hkdfSync("sha256", secret, "", `${ISSUER} export link v1`, 32));
  return {
    async issue({ userId, request }) {
      const now = Math.floor(clock.now() / 1000);
      const token = await new SignJWT({ request })
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setExpirationTime(now + LIFETIME_SECONDS)
        .sign(key);
      return {
        url: `${publicUrl}/export/${exportName(request)}?token=${token}`,
        expiresAt: new Date((now + LIFETIME_SECONDS) * 1000),
      };
    },

    async verify(token) {
      try {
        const { payload } = await jwtVerify<{ request: unknown }>(token, key, {
          algorithms: [ALGORITHM],
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ["sub", "exp", "request"],
          currentDate: new Date(clock.now()),
        });
        const userId = readId<"User">(payload.sub ?? "");
        const request = readStoredRequest(payload.request);
        return userId && request && { userId, request };
      } catch (error) {
        if (error instanceof errors.JOSEError) return null;
        throw error;
      }
    },
  };
}
