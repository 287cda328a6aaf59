import { type Ref, readonly, shallowRef } from "vue";
import { client, reconnect } from "../../graphql/client.ts";
import { SignOutDocument, ViewerDocument } from "../../graphql/generated/graphql.ts";

export interface SignedInUser {
  readonly id: string;
  readonly name: string;
}

/** Who uses this browser: not asked yet, could not be asked, nobody in particular, or a user. */
export type ViewerState =
  | { readonly kind: "unknown" }
  | { readonly kind: "unreachable" }
  | { readonly kind: "guest" }
  | { readonly kind: "user"; readonly user: SignedInUser };

const viewer = shallowRef<ViewerState>({ kind: "unknown" });
let asking: Promise<void> | null = null;

async function ask(): Promise<void> {
  const { data, error } = await client.query(ViewerDocument, {}).toPromise();
  const user = data?.viewer?.user ?? null;
  if (user) viewer.value = { kind: "user", user };
  else viewer.value = { kind: error ? "unreachable" : "guest" };
}

/** Asks the server who is signed in, unless it is known; several askers share one question. */
function load(): Promise<void> {
  if (viewer.value.kind === "user" || viewer.value.kind === "guest") return Promise.resolve();
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

/** After a sign-in: the browser holds its cookie already, the open socket is still somebody else's. */
function signedIn(user: SignedInUser): void {
  viewer.value = { kind: "user", user };
  reconnect();
}

/** The server has said that nobody is signed in any more. */
function forget(): void {
  viewer.value = { kind: "guest" };
  reconnect();
}

/**
 * Ends the sign-in; false when the server could not be reached, and it goes on. `leave` goes to a page for everybody before
 * the user is forgotten: a page for users only would ask the guest to sign in again.
 */
async function signOut(leave: () => Promise<unknown>): Promise<boolean> {
  const { error } = await client.mutation(SignOutDocument, {}).toPromise();
  if (error) return false;
  await leave();
  forget();
  return true;
}

export interface UseViewer {
  viewer: Readonly<Ref<ViewerState>>;
  load: () => Promise<void>;
  signedIn: (user: SignedInUser) => void;
  forget: () => void;
  signOut: (leave: () => Promise<unknown>) => Promise<boolean>;
}

/** The signed-in user of the browser, one for the whole app. */
export function useViewer(): UseViewer {
  return { viewer: readonly(viewer), load, signedIn, forget, signOut };
}
