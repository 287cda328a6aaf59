import type { MessageKey } from "../../i18n/i18n.ts";

export type AccountField = "email" | "password" | "name";
export interface AccountForm {
  email: string;
  password: string;
  name: string;
}
export type AccountErrors = Partial<Record<AccountField, MessageKey>>;

const MIN_PASSWORD = 8;
const MAX_PASSWORD = 128;

/** What can be told without the server. Signing in wants fields filled; signing up wants them to be usable, too. */
export function validateAccount(form: AccountForm, signingUp: boolean): AccountErrors {
  const errors: AccountErrors = {};
  if (form.email.trim() === "") errors.email = "account.emailMissing";
  else if (!/^[^\s@]+@[^\s@]+$/.test(form.email.trim())) errors.email = "account.emailInvalid";
  if (form.password === "") errors.password = "account.passwordMissing";
  if (!signingUp) return errors;
  const tooShort = form.password !== "" && form.password.length < MIN_PASSWORD;
  if (tooShort || form.password.length > MAX_PASSWORD) errors.password = "account.passwordLength";
  if (form.name.trim() === "") errors.name = "account.nameMissing";
  return errors;
}
