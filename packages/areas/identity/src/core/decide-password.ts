import { passwordLengthMin } from "../contract.ts";

export type PasswordDecision = "accepted" | "too-short" | "is-username" | "repeats";

/** Long rather than colourful: NIST SP 800-63B asks for length and against known or trivial passwords. */
export function decidePassword(username: string, password: string): PasswordDecision {
  if (password.length < passwordLengthMin) return "too-short";
  if (
    password.toLowerCase().includes(username.toLowerCase()) &&
    password.length < username.length + passwordLengthMin
  ) {
    return "is-username";
  }
  return new Set(password).size < 5 ? "repeats" : "accepted";
}

export const passwordSentences: Readonly<Record<Exclude<PasswordDecision, "accepted">, string>> = {
  "too-short": `The password needs at least ${passwordLengthMin} characters.`,
  "is-username": "The password must be more than the user name with a few characters added.",
  repeats: "The password repeats too few characters; please choose a less regular one.",
};
