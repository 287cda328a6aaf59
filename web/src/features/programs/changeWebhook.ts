import { client } from "../../graphql/client.ts";
import {
  ProgramsDeleteWebhookDocument,
  ProgramsRotateWebhookSecretDocument,
  ProgramsUpdateWebhookDocument,
  type ProgramWebhookFragment,
} from "../../graphql/generated/graphql.ts";

/** Null where it did not happen. */
export async function switchWebhook(id: string, enabled: boolean): Promise<ProgramWebhookFragment | null> {
  const { data } = await client
    .mutation(ProgramsUpdateWebhookDocument, { id, input: { enabled } })
    .toPromise();
  return data?.updateWebhook.__typename === "UpdateWebhookSuccess" ? data.updateWebhook.webhook : null;
}

/** The new secret, shown this once; null where there is none. */
export async function rotateSecret(
  id: string,
): Promise<{ readonly webhook: ProgramWebhookFragment; readonly secret: string } | null> {
  const { data } = await client.mutation(ProgramsRotateWebhookSecretDocument, { id }).toPromise();
  return data?.rotateWebhookSecret.__typename === "RotateWebhookSecretSuccess"
    ? data.rotateWebhookSecret
    : null;
}

/** True also where somebody else has deleted it. */
export async function deleteWebhook(id: string): Promise<boolean> {
  const { data } = await client.mutation(ProgramsDeleteWebhookDocument, { id }).toPromise();
  const how = data?.deleteWebhook.__typename;
  return how === "DeleteWebhookSuccess" || how === "NotFoundError";
}
