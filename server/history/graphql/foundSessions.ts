import type { SessionId } from "../../core/ids.ts";
import type { Page } from "../../core/page.ts";
import type { Context } from "../../graphql/context.ts";
import type { SessionSnapshot } from "../../session/domain/session.ts";

/** A page of sessions out of one of their ids; each as it is now, wherever it is. */
export async function foundSessions<Ids extends Page<SessionId>>(
  page: Ids,
  { services }: Pick<Context, "services">,
): Promise<Omit<Ids, "edges"> & Page<SessionSnapshot>> {
  const edges = await Promise.all(
    page.edges.map(async ({ cursor, node }) => ({ cursor, node: await services.sessions.reader.byId(node) })),
  );
  return { ...page, edges: edges.flatMap(({ cursor, node }) => (node ? [{ cursor, node }] : [])) };
}
