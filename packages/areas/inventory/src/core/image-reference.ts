export type ImageReference = Readonly<{ registry: string; repo: string; tag: string }>;

/** Takes a name such as `reg.example:5000/shop/web:1.2` apart. Names without a registry have an empty one. */
export function readImageReference(name: string): ImageReference {
  const withoutDigest = name.split("@", 1)[0] ?? name;
  const slash = withoutDigest.indexOf("/");
  const first = slash < 0 ? "" : withoutDigest.slice(0, slash);
  const isRegistry = /[.:]/.test(first) || first === "localhost";
  const path = isRegistry ? withoutDigest.slice(slash + 1) : withoutDigest;
  const colon = path.lastIndexOf(":");
  return {
    registry: isRegistry ? first : "",
    repo: colon < 0 ? path : path.slice(0, colon),
    tag: colon < 0 ? "" : path.slice(colon + 1),
  };
}
