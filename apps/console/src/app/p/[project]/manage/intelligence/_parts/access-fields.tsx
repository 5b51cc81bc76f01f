"use client";

import type { FeedLocationStatus } from "@rampart/vulnerabilities/contract";
import { Field } from "@rampart/ui/field";
import { Input, TextArea } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { type Authority, authorityOptions, type SignIn, signInOptions } from "./access-choice.ts";

type AccessFieldsProps = Readonly<{
  stored: FeedLocationStatus | undefined;
  signIn: SignIn;
  authority: Authority;
  onSignIn: (signIn: SignIn) => void;
  onAuthority: (authority: Authority) => void;
}>;

/** With what an address is asked, and whom its certificate has to come from. */
export function AccessFields({ stored, signIn, authority, onSignIn, onAuthority }: AccessFieldsProps) {
  const signIns = signInOptions(stored);
  const authorities = authorityOptions(stored);
  return (
    <>
      <Field
        id="feed-sign-in"
        label="Sign in with"
        hint="For mirrors and Consoles that ask who fetches. It is stored encrypted, never shown again, and only sent to https addresses."
      >
        {(wiring) => (
          <Select
            {...wiring}
            value={signIn}
            options={signIns}
            onChange={({ target }) => onSignIn(signIns.find(({ value }) => value === target.value)?.value ?? "none")}
          />
        )}
      </Field>
      {signIn === "basic" && (
        <div className="grid grid-cols-2 gap-3">
          <Field id="feed-user" label="User name">
            {(wiring) => <Input {...wiring} name="feed-user" required maxLength={256} autoComplete="off" />}
          </Field>
          <Field id="feed-password" label="Password">
            {(wiring) => (
              <Input {...wiring} name="feed-password" type="password" maxLength={1024} autoComplete="new-password" />
            )}
          </Field>
        </div>
      )}
      {signIn === "bearer" && (
        <Field id="feed-token" label="Token">
          {(wiring) => (
            <Input {...wiring} name="feed-token" type="password" required maxLength={8192} autoComplete="off" />
          )}
        </Field>
      )}
      <Field id="feed-authorities" label="Its certificate is vouched for by">
        {(wiring) => (
          <Select
            {...wiring}
            value={authority}
            options={authorities}
            onChange={({ target }) =>
              onAuthority(authorities.find(({ value }) => value === target.value)?.value ?? "known")
            }
          />
        )}
      </Field>
      {authority === "own" && (
        <Field
          id="feed-authority"
          label="Certificate of the authority"
          hint="PEM. Only servers that it vouches for are believed at this address."
        >
          {(wiring) => (
            <TextArea
              {...wiring}
              name="feed-authority"
              required
              maxLength={65_536}
              placeholder="-----BEGIN CERTIFICATE-----"
            />
          )}
        </Field>
      )}
    </>
  );
}
