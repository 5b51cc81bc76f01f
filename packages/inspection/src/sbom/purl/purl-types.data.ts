type Part = "namespace" | "name" | "version";

/** What the definition of a type adds to the general rules of package URLs. */
export type PurlTypeRule = Readonly<{
  /** Parts in which capitals mean nothing. */
  lowerCase?: readonly Part[];
  namespace?: "required" | "forbidden";
  /** Qualifier without which the type names nothing. */
  needs?: string;
  isName?: RegExp;
  isVersion?: RegExp;
  /** Further spelling of the name. */
  spell?: (name: string, qualifiers: Readonly<Record<string, string>>) => string;
}>;

const wholeName: PurlTypeRule = { lowerCase: ["namespace", "name"] };

/** Types whose definition asks for more than the general rules. Go modules keep their capitals: their names have them. */
export const purlTypes: ReadonlyMap<string, PurlTypeRule> = new Map(
  Object.entries<PurlTypeRule>({
    alpm: wholeName,
    apk: wholeName,
    bitbucket: wholeName,
    bitnami: { lowerCase: ["name"] },
    brew: wholeName,
    "chrome-extension": { namespace: "forbidden", isName: /^[a-p]{32}$/, isVersion: /^\d+(?:\.\d+){0,3}$/ },
    composer: wholeName,
    cpan: { isName: /^(?!.*::).*$/ },
    deb: wholeName,
    git: wholeName,
    github: wholeName,
    gitlab: wholeName,
    hex: wholeName,
    huggingface: { lowerCase: ["version"] },
    julia: { needs: "uuid" },
    luarocks: { lowerCase: ["version"] },
    mlflow: {
      spell: (name, { repository_url: url = "" }) => (url.includes("azuredatabricks.net") ? name.toLowerCase() : name),
    },
    oci: { lowerCase: ["name"], namespace: "forbidden" },
    otp: { lowerCase: ["name"], namespace: "forbidden" },
    pub: { lowerCase: ["name"] },
    pypi: { lowerCase: ["name"], spell: (name) => name.replaceAll("_", "-") },
    qpkg: { lowerCase: ["namespace"] },
    rpm: { lowerCase: ["namespace"] },
    swift: { namespace: "required" },
    vcpkg: { namespace: "forbidden" },
    "vscode-extension": { lowerCase: ["namespace", "name"], namespace: "required" },
  }),
);
