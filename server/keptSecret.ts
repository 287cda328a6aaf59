import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode, StartError } from "./core/startError.ts";

/** The secret of an embedded server: made once, kept beside its data, readable by its user alone. */
export function keptSecret(dataFolder: string): string {
  const path = join(dataFolder, "auth-secret");
  try {
    const kept = readIfThere(path);
    if (kept !== null) return kept;
    const secret = randomBytes(32).toString("base64url");
    // Whole or not at all, should the machine stop now.
    writeFileSync(`${path}.new`, secret, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return secret;
  } catch (error) {
    throw new StartError(
      `The secret in ${path} cannot be read or made (${errorCode(error) ?? String(error)}).`,
    );
  }
}

function readIfThere(path: string): string | null {
  try {
    const secret = readFileSync(path, "utf8").trim();
    return secret.length < 32 ? null : secret;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}
