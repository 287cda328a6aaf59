import "./createApiKey.ts";
import "./revokeApiKey.ts";
import "./signIn.ts";
import "./signOut.ts";

export { User } from "./user.ts";
export { Viewer } from "./viewer.ts";
