/** Over HTTPS the cookie's name ties it to this very host (RFC 6265bis, `__Host-`). */
export function cookieName(secure: boolean): string {
  return secure ? "__Host-rampart-session" : "rampart-session";
}

export function isHttps(url: string): boolean {
  return url.startsWith("https:");
}

/** The value of a cookie in a Cookie header. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name) return value.join("=");
  }
  return undefined;
}
