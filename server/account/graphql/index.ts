import "./apiKey.ts";
import "./signIn.ts";
import "./signOut.ts";

export { User } from "./user.ts";
export { Viewer } from "./viewer.ts";
