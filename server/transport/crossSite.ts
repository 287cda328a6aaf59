import { createGraphQLError, type Plugin } from "graphql-yoga";
import { isOwnOrigin, mayCall } from "./origins.ts";

export interface SiteRules {
  /** Where browsers reach the server, without a slash at the end. */
  readonly publicUrl: string;
  /** Origins of other sites whose pages may call; null: any, with a bearer token. */
  readonly allowedOrigins: readonly string[] | null;
}

/**
 * Keeps other sites from acting with a visitor's cookie. What carries a bearer token is exempt: no browser adds one by
 * itself. Of the rest, a body must be JSON, which no form of another site can send and which makes a script ask first;
 * and what comes with a cookie must come from our own pages. Where only some sites may call, no other may, whatever it
 * carries.
 */
export function crossSiteGuard({ publicUrl, allowedOrigins }: SiteRules): Plugin {
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      const refuse = (status: number, message: string, code: string) =>
        endResponse(
          fetchAPI.Response.json(
            { errors: [createGraphQLError(message, { extensions: { code } })] },
            { status },
          ),
        );
      const headers = {
        origin: request.headers.get("origin") ?? undefined,
        host: request.headers.get("host") ?? undefined,
        "sec-fetch-site": request.headers.get("sec-fetch-site") ?? undefined,
      };
      if (request.method !== "OPTIONS" && !mayCall(headers, publicUrl, allowedOrigins)) {
        return refuse(403, "Pages of this site may not call here.", "FORBIDDEN");
      }
      if (request.method !== "POST" || request.headers.has("authorization")) return;
      const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
      if (type !== "application/json") {
        return refuse(415, "Send the operation as application/json.", "UNSUPPORTED_MEDIA_TYPE");
      }
      if (request.headers.has("cookie") && !isOwnOrigin(headers, publicUrl)) {
        refuse(403, "Another site may not use this browser's sign-in.", "FORBIDDEN");
      }
    },
  };
}

/** Any page may call with a bearer token, or those that are listed. None but ours may with the cookie: no Allow-Credentials, ever. */
export function corsOf({ publicUrl, allowedOrigins }: SiteRules) {
  return {
    origin: allowedOrigins === null ? ["*"] : [new URL(publicUrl).origin, ...allowedOrigins],
    credentials: false,
    methods: ["GET", "POST", "OPTIONS"],
    allowedHeaders: ["authorization", "content-type", "accept"],
    // What a page may read of the answer, beside its body.
    exposedHeaders: ["retry-after"],
    maxAge: 86_400,
  };
}
