import { readId } from "../../core/ids.ts";
import { builder } from "../../graphql/builder.ts";
import type { AccountUser } from "../index.ts";

const UserRef = builder.objectRef<AccountUser>("User");

/** Everyone who meets a user elsewhere sees the name; `node` finds a user for themselves only. */
export const User = builder.node(UserRef, {
  description: "Somebody with an account.",
  id: { resolve: (user) => user.id, description: "The same for the same thing, everywhere and for ever." },
  loadOne: (id, { identity, loaders }) => {
    const userId = readId<"User">(id);
    return identity.kind === "user" && identity.userId === userId ? loaders.user.load(userId) : null;
  },
  fields: (t) => ({
    name: t.exposeString("name", { description: "The name that the user chose." }),
  }),
});
