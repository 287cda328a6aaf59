import type { ClientBase } from "pg";
import { type AlsoWrite, dataError } from "../journal/index.ts";
import type { Logger } from "../observability/logger.ts";

const ASKED_FOR = `SELECT FROM webhook WHERE enabled AND user_id IN (
    SELECT host_id FROM session WHERE id = ANY ($1::uuid[]) UNION SELECT host_id FROM attempt WHERE id = ANY ($2::uuid[])
  ) LIMIT 1`;

/**
 * Who asked before it happened; a minute is forgiven, since two clocks may judge. What is older than a message is kept has been
 * told, though nothing tells of that any more. The lock keeps the webhook until its row is there: one that is being deleted is
 * passed over, instead of failing the whole batch.
 */
const told = (finishedAt: string, type: string) => `webhook.enabled AND '${type}' = ANY (webhook.events)
  AND ${finishedAt} >= webhook.created_at - interval '1 minute' AND ${finishedAt} > now() - interval '29 days'
  FOR KEY SHARE OF webhook`;

/** A message that is there already stays as it is, however often the batch is written. */
const INSERT = `INSERT INTO webhook_delivery (id, webhook_id, type, subject_id, occurred_at, next_try_at)`;
const ONCE = `ON CONFLICT (webhook_id, type, subject_id) DO NOTHING`;

const OF_SESSIONS = `${INSERT}
  SELECT gen_random_uuid(), webhook.id, 'session.finished', session.id, session.finished_at, now()
  FROM session JOIN webhook ON webhook.user_id = session.host_id
  WHERE session.id = ANY ($1::uuid[]) AND session.state = 'FINISHED'
    AND ${told("session.finished_at", "session.finished")} ${ONCE}`;

const OF_ATTEMPTS = `${INSERT}
  SELECT gen_random_uuid(), webhook.id, 'attempt.finished', attempt.id, attempt.finished_at, now()
  FROM attempt JOIN webhook ON webhook.user_id = attempt.host_id
  WHERE (attempt.id = ANY ($2::uuid[]) OR attempt.session_id = ANY ($1::uuid[])) AND attempt.status = 'FINISHED'
    AND ${told("attempt.finished_at", "attempt.finished")} ${ONCE}`;

/**
 * Writes the messages of what finishes, in the transaction of the journal that makes it finished: so none is lost, and none is
 * doubled, whichever process dies. Answers are worth more than the telling of them: where the messages are refused for their
 * data, they are dropped, and the log says so.
 */
export function createOutboxWriter(logger: Logger): AlsoWrite {
  return async (client, { attemptIds, sessionIds }) => {
    if (attemptIds.length === 0 && sessionIds.length === 0) return;
    const { rowCount } = await client.query(ASKED_FOR, [sessionIds, attemptIds]);
    if (rowCount === 0) return;
    await client.query("SAVEPOINT webhooks");
    try {
      await write(client, sessionIds, attemptIds);
      await client.query("RELEASE SAVEPOINT webhooks");
    } catch (error) {
      if (!dataError(error)) throw error;
      await client.query("ROLLBACK TO SAVEPOINT webhooks");
      logger.error({ err: error, sessionIds }, "webhooks: what finished cannot be told of");
    }
  };
}

async function write(
  client: ClientBase,
  sessionIds: readonly string[],
  attemptIds: readonly string[],
): Promise<void> {
  if (sessionIds.length > 0) await client.query(OF_SESSIONS, [sessionIds]);
  await client.query(OF_ATTEMPTS, [sessionIds, attemptIds]);
}
