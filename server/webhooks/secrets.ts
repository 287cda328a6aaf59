import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Keeps the secrets of webhooks: they must be read again to sign, so they cannot be hashed. */
export interface SecretBox {
  /** Made unreadable for whoever has the database alone. */
  seal(secret: string): string;
  /** Throws for what was not sealed with the same AUTH_SECRET. */
  open(sealed: string): string;
}

const CIPHER = "aes-256-gcm";
const KEY_LENGTH = 32;
const IV_LENGTH = 12;
const TAG_LENGTH = 16;
const SECRET_LENGTH = 32;

/** `authSecret`: AUTH_SECRET; the key is derived from it, for this use alone. */
export function createSecretBox(authSecret: string): SecretBox {
  const key = Buffer.from(hkdfSync("sha256", authSecret, "", "secrets of webhooks", KEY_LENGTH));
  return {
    seal(secret) {
      const iv = randomBytes(IV_LENGTH);
      const cipher = createCipheriv(CIPHER, key, iv);
      const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64");
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_LENGTH), {
        authTagLength: TAG_LENGTH,
      });
      decipher.setAuthTag(bytes.subarray(IV_LENGTH, IV_LENGTH + TAG_LENGTH));
      return (
        decipher.update(bytes.subarray(IV_LENGTH + TAG_LENGTH), undefined, "utf8") + decipher.final("utf8")
      );
    },
  };
}

/** A new secret, as Standard Webhooks writes them: 32 random bytes. */
export function makeSecret(): string {
  return `whsec_${randomBytes(SECRET_LENGTH).toString("base64")}`;
}
