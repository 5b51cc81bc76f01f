/**
 * The sign-in conversation with `/api/auth` (next-auth's form protocol). Its own browser library would bring a session
 * store that nothing here uses, because pages are rendered with the session on the server.
 */
async function csrfToken(): Promise<string> {
  const answer = await fetch("/api/auth/csrf", { cache: "no-store" });
  const body: unknown = await answer.json();
  if (typeof body === "object" && body !== null && "csrfToken" in body && typeof body.csrfToken === "string")
    return body.csrfToken;
  throw new Error("The Console did not answer as expected.");
}

async function post(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "x-auth-return-redirect": "1" },
    body: new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: "true" }),
  });
}

/** The outcome in words that the page can show. */
export type SignInOutcome = "signed-in" | "refused" | "unreachable";

export async function signIn(username: string, password: string): Promise<SignInOutcome> {
  try {
    const answer = await post("/api/auth/callback/credentials", { username, password, callbackUrl: "/" });
    return answer.ok ? "signed-in" : answer.status === 401 ? "refused" : "unreachable";
  } catch {
    return "unreachable";
  }
}

export async function signOut(): Promise<void> {
  await post("/api/auth/signout", { callbackUrl: "/sign-in" });
  // A full load: nothing of the old session may stay in the memory of the page.
  window.location.assign("/sign-in");
}
