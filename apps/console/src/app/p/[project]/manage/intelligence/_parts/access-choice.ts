import type { FeedLocationStatus, SaveFeedLocation } from "@rampart/vulnerabilities/contract";
import { textIn } from "#shell/text-in.ts";

/** How an address is asked: as before, for anybody, or with one of two kinds of credential. */
export type SignIn = "stored" | "none" | "basic" | "bearer";
export type Authority = "stored" | "known" | "own";

type Stored = Pick<FeedLocationStatus, "credential" | "hasOwnAuthority"> | undefined;

const signInWords = { basic: "user name and password", bearer: "token" } as const;

type Option<Value> = Readonly<{ value: Value; label: string }>;

export function signInOptions(stored: Stored): readonly Option<SignIn>[] {
  const kept = stored?.credential ?? null;
  return [
    ...(kept === null ? [] : [{ value: "stored" as const, label: `the stored ${signInWords[kept]}` }]),
    { value: "none", label: "nothing" },
    { value: "basic", label: `${kept === "basic" ? "another " : ""}${signInWords.basic}` },
    { value: "bearer", label: `${kept === "bearer" ? "another " : ""}${signInWords.bearer}` },
  ];
}

export function authorityOptions(stored: Stored): readonly Option<Authority>[] {
  const isStored = stored?.hasOwnAuthority === true;
  return [
    ...(isStored ? [{ value: "stored" as const, label: "the stored authority" }] : []),
    { value: "known", label: "authorities that are known everywhere" },
    { value: "own", label: isStored ? "another authority" : "an authority of your own" },
  ];
}

/** The part of a form that says how an address is asked; what stays as stored is not sent. */
export function readAccess(
  form: FormData,
  signIn: SignIn,
  authority: Authority,
): Pick<SaveFeedLocation, "credential" | "caCertificate"> {
  return {
    ...(signIn === "none" && { credential: null }),
    ...(signIn === "basic" && {
      credential: { kind: signIn, username: textIn(form, "feed-user"), password: textIn(form, "feed-password") },
    }),
    ...(signIn === "bearer" && { credential: { kind: signIn, token: textIn(form, "feed-token").trim() } }),
    ...(authority === "known" && { caCertificate: null }),
    ...(authority === "own" && { caCertificate: textIn(form, "feed-authority") }),
  };
}
