type Names = Readonly<{ id: string; repoTags: readonly string[]; repoDigests: readonly string[] }>;

/** What engines write in place of a tag or repository that an image does not have. */
const nameless = "<none>";

/** Tags and digests that name something, in a fixed order whatever order hosts report them in. */
export function namesOnly(names: readonly string[]): string[] {
  return [...new Set(names.filter((name) => !name.includes(nameless)))].toSorted();
}

/** What people call the image: a tag, else a repository digest, else its id. */
export function imageName({ id, repoTags, repoDigests }: Names): string {
  return namesOnly(repoTags)[0] ?? namesOnly(repoDigests)[0] ?? id;
}

/** The registry's digest when the image came from one, else the id. */
export function imageDigest({ id, repoDigests }: Names): string {
  const first = namesOnly(repoDigests)[0];
  return first?.slice(first.indexOf("@") + 1) ?? id;
}
