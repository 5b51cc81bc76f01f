/** Where to go after signing in. Only paths of this Console: an address elsewhere would help somebody who phishes. */
export function readReturnPath(asked: string | string[] | undefined): string {
  if (typeof asked !== "string" || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(asked)) return "/";
  return asked;
}
