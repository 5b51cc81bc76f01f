const shortNames: Readonly<Record<string, string>> = { "-u": "--user", "-p": "--password", "-t": "--token" };

/** Older pipelines write long options with one dash (`-address`) and short ones for the credentials. */
export function tidyArguments(given: readonly string[]): string[] {
  const end = given.indexOf("--");
  return given.map((argument, index) => {
    if (end !== -1 && index > end) return argument;
    return shortNames[argument] ?? (/^-[a-z][a-z-]+(=|$)/.test(argument) ? `-${argument}` : argument);
  });
}
