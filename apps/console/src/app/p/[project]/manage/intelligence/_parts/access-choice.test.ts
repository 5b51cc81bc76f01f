import { describe, expect, test } from "vitest";
import { authorityOptions, readAccess, signInOptions } from "./access-choice.ts";

function formOf(values: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

describe("how an address is asked", () => {
  test("keeps what is stored without sending it, since nobody can read it back", () => {
    expect(readAccess(formOf({ "feed-user": "ann", "feed-password": "x" }), "stored", "stored")).toEqual({});
  });

  test("takes away what is chosen away", () => {
    expect(readAccess(formOf({}), "none", "known")).toEqual({ credential: null, caCertificate: null });
  });

  test("sends what was typed for the kind that is chosen, and nothing of the others", () => {
    const typed = formOf({
      "feed-user": "ann",
      "feed-password": "pw",
      "feed-token": " t0ken ",
      "feed-authority": "PEM",
    });
    expect(readAccess(typed, "basic", "own")).toEqual({
      credential: { kind: "basic", username: "ann", password: "pw" },
      caCertificate: "PEM",
    });
    expect(readAccess(typed, "bearer", "stored")).toEqual({ credential: { kind: "bearer", token: "t0ken" } });
  });

  test("offers to keep only what there is", () => {
    const values = (options: readonly { value: string }[]) => options.map(({ value }) => value);
    expect(values(signInOptions(undefined))).toEqual(["none", "basic", "bearer"]);
    expect(values(signInOptions({ credential: "basic", hasOwnAuthority: false }))[0]).toBe("stored");
    expect(values(authorityOptions({ credential: null, hasOwnAuthority: true }))).toEqual(["stored", "known", "own"]);
  });
});
