import type { CombinedError } from "@urql/core";
import { client } from "../../graphql/client.ts";
import {
  type CreateWebhookInput,
  ProgramsCreateWebhookDocument,
  ProgramsUpdateWebhookDocument,
  type ProgramWebhookFragment,
} from "../../graphql/generated/graphql.ts";
import { unanswered } from "../library/usePages.ts";

export type SavedWebhook =
  /** The secret of a new one. */
  | { readonly webhook: ProgramWebhookFragment; readonly secret: string | null }
  /** What is wrong with the address. */
  | { readonly url: string }
  | { readonly message: string }
  | { readonly error: CombinedError };

interface Refusal {
  readonly message: string;
  readonly issues?: readonly { readonly path: readonly string[]; readonly message: string }[];
}

/** Makes a webhook, or changes the one with this id. */
export async function saveWebhook(id: string | null, input: CreateWebhookInput): Promise<SavedWebhook> {
  if (id === null) {
    const { data, error } = await client.mutation(ProgramsCreateWebhookDocument, { input }).toPromise();
    const result = data?.createWebhook;
    if (result === undefined) return { error: error ?? unanswered() };
    return result.__typename === "CreateWebhookSuccess" ? result : refusalOf(result);
  }
  const { data, error } = await client.mutation(ProgramsUpdateWebhookDocument, { id, input }).toPromise();
  const result = data?.updateWebhook;
  if (result === undefined) return { error: error ?? unanswered() };
  return result.__typename === "UpdateWebhookSuccess" ? { ...result, secret: null } : refusalOf(result);
}

function refusalOf({ message, issues = [] }: Refusal): SavedWebhook {
  const [issue] = issues;
  return issue?.path[0] === "url" ? { url: issue.message } : { message: issue?.message ?? message };
}
