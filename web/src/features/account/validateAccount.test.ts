import { expect, it } from "vitest";
import { validateAccount } from "./validateAccount.ts";

const form = { email: "ann@example.org", password: "12345678", name: "Ann" };

it("finds nothing wrong with a whole form", () => {
  expect(validateAccount(form, true)).toEqual({});
  expect(validateAccount({ ...form, password: "x".repeat(128) }, true)).toEqual({});
});

it("wants 8 to 128 characters of a new password only", () => {
  expect(validateAccount({ ...form, password: "1234567" }, true)).toEqual({
    password: "account.passwordLength",
  });
  expect(validateAccount({ ...form, password: "x".repeat(129) }, true).password).toBe(
    "account.passwordLength",
  );
  expect(validateAccount({ ...form, password: "short", name: "" }, false)).toEqual({});
});

it("names every empty field, and an address that is none", () => {
  expect(Object.keys(validateAccount({ email: " ", password: "", name: " " }, true))).toHaveLength(3);
  expect(validateAccount({ ...form, email: "ann" }, false).email).toBe("account.emailInvalid");
});
