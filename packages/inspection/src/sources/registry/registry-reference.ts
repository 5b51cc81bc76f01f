import { Refusal } from "@rampart/kernel";

/** An image as it is named in its registry. */
export type RegistryReference = Readonly<{
  /** Host, and port where one is given. */
  host: string;
  repository: string;
  /** Tag, or digest, which wins where both are given. */
  version: string;
}>;

const dockerHub = "registry-1.docker.io";
/** Names by which engines know Docker Hub; none at all is one of them. */
const hubNames: readonly (string | undefined)[] = [undefined, "docker.io", "index.docker.io"];

/** The grammar of the distribution project. What stands first is a host when it could be nothing else. */
const port = String.raw`(?::\d{1,5})`;
const host = String.raw`localhost${port}?|[\w-]+(?:\.[\w-]+)+${port}?|[\w-]+${port}|\[[0-9a-fA-F:]+\]${port}?`;
const component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const grammar = new RegExp(
  String.raw`^(?:(?<host>${host})/)?(?<path>${component}(?:/${component})*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);

/** Reads `host:port/team/app:tag@digest`. What has no host is of Docker Hub, as engines read it. */
export function readRegistryReference(text: string): RegistryReference {
  const named = grammar.exec(text)?.groups;
  if (named === undefined) {
    const message = `"${text.slice(0, 256)}" names no image; write it like registry.example.com/team/app:1.2.`;
    throw new Refusal("invalid", "inspection.registry.reference", message);
  }
  const { path = "", tag = "latest", digest } = named;
  const isHub = hubNames.includes(named["host"]);
  const repository = isHub && !path.includes("/") ? `library/${path}` : path;
  return { host: isHub ? dockerHub : (named["host"] ?? dockerHub), repository, version: digest ?? tag };
}
