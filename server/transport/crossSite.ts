import { createGraphQLError, type Plugin } from "graphql-yoga";
import { isOwnOrigin } from "./origins.ts";

/**
 * Keeps other sites from acting with a visitor's cookie. What carries a bearer token is exempt: no browser adds one by
 * itself. Of the rest, a body must be JSON, which no form of another site can send and which makes a script ask first;
 * and what comes with a cookie must come from our own pages.
 */
export function crossSiteGuard(publicUrl: string): Plugin {
  return {
    onRequest({ request, fetchAPI, endResponse }) {
      if (request.method !== "POST" || request.headers.has("authorization")) return;
      const refuse = (status: number, message: string, code: string) =>
        endResponse(
          fetchAPI.Response.json(
            { errors: [createGraphQLError(message, { extensions: { code } })] },
            { status },
          ),
        );
      const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
      if (type !== "application/json") {
        return refuse(415, "Send the operation as application/json.", "UNSUPPORTED_MEDIA_TYPE");
      }
      const headers = {
        origin: request.headers.get("origin") ?? undefined,
        host: request.headers.get("host") ?? undefined,
        "sec-fetch-site": request.headers.get("sec-fetch-site") ?? undefined,
      };
      if (request.headers.has("cookie") && !isOwnOrigin(headers, publicUrl)) {
        refuse(403, "Another site may not use this browser's sign-in.", "FORBIDDEN");
      }
    },
  };
}
