/** The same bound as the identity area's; spelled out so that the browser need not load its schemas. A test compares. */
export const passwordLengthMin = 12;

export const passwordHint = `At least ${passwordLengthMin} characters. A sentence is easier to remember than a riddle.`;

export function passwordProblem(password: string): string | undefined {
  const missing = passwordLengthMin - password.length;
  if (password === "" || missing <= 0) return undefined;
  return `${missing} more ${missing === 1 ? "character" : "characters"}.`;
}
