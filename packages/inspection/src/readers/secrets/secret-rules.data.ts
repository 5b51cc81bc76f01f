import type { SecretKind } from "../../contract.ts";

export type SecretRule = Readonly<{
  kind: SecretKind;
  /** Only in files of this path; in all that are read when left out. */
  files?: RegExp;
  /** Every repetition is bounded. The group `secret`, where there is one, must not look like a placeholder. */
  pattern: RegExp;
  /** What is said of it. `$1` is the group `label`, never the secret. */
  hint: string;
}>;

/** What gives itself away by its form, and the logins of well-known files. */
export const secretRules: readonly SecretRule[] = [
  {
    kind: "private-key",
    pattern:
      /-----BEGIN (?<label>(?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY)(?: BLOCK)?-----\s{1,4}(?=[A-Za-z0-9+/=:\-, \r\n]{24})/g,
    hint: "$1",
  },
  { kind: "private-key", pattern: /^PuTTY-User-Key-File-\d: (?<label>[\w-]{1,32})/gm, hint: "PuTTY key, $1" },
  { kind: "aws-key", pattern: /(?<![A-Z0-9])(?<secret>(?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Z0-9])/g, hint: "access key id" },
  {
    kind: "aws-key",
    pattern: /aws_secret_access_key["']?\s{0,4}[=:]\s{0,4}["']?(?<secret>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])/gi,
    hint: "secret access key",
  },
  { kind: "github-token", pattern: /(?<!\w)(?<secret>gh[pousr]_[A-Za-z0-9]{36,251})(?!\w)/g, hint: "token" },
  { kind: "github-token", pattern: /(?<!\w)(?<secret>github_pat_\w{22,244})/g, hint: "personal access token" },
  { kind: "gitlab-token", pattern: /(?<!\w)(?<secret>gl(?:pat|dt|rt|ptt|soat)-[\w-]{20,64})/g, hint: "token" },
  { kind: "slack-token", pattern: /(?<!\w)(?<secret>xox[abeoprs]-[\w-]{10,255})/g, hint: "token" },
  {
    kind: "slack-token",
    pattern: /hooks\.slack\.com\/services\/(?<secret>T\w{6,12}\/B\w{6,12}\/\w{20,32})/g,
    hint: "incoming webhook",
  },
  { kind: "google-key", pattern: /(?<!\w)(?<secret>AIza[\w-]{35})(?![\w-])/g, hint: "API key" },
  { kind: "google-key", pattern: /"private_key_id"\s{0,4}:\s{0,4}"(?<secret>[0-9a-f]{40})"/g, hint: "service account" },
  { kind: "stripe-key", pattern: /(?<!\w)(?<secret>[sr]k_live_[A-Za-z0-9]{16,99})/g, hint: "live key" },
  { kind: "sendgrid-key", pattern: /(?<!\w)(?<secret>SG\.[\w-]{22}\.[\w-]{43})/g, hint: "API key" },
  { kind: "vault-token", pattern: /(?<!\w)(?<secret>hv[sb]\.[\w-]{24,512})/g, hint: "token" },
  { kind: "registry-login", pattern: /(?<!\w)(?<secret>npm_[A-Za-z0-9]{36})(?!\w)/g, hint: "npm token" },
  { kind: "registry-login", pattern: /(?<!\w)(?<secret>pypi-AgEI[\w-]{50,512})/g, hint: "PyPI token" },
  { kind: "registry-login", pattern: /(?<!\w)(?<secret>dckr_pat_[\w-]{20,64})/g, hint: "Docker Hub token" },
  {
    kind: "registry-login",
    files: /(?:^|\/)\.npmrc$/,
    pattern: /^\s{0,8}(?<label>[^=\n]{0,200}(?:_authToken|_auth|_password))\s{0,4}=\s{0,4}(?<secret>\S{6,512})/gm,
    hint: "$1",
  },
  {
    kind: "registry-login",
    files: /(?:^|\/)\.pypirc$/,
    pattern: /^\s{0,8}password\s{0,4}[=:]\s{0,4}(?<secret>\S{4,512})/gm,
    hint: "password",
  },
  {
    kind: "registry-login",
    files: /(?:^|\/)(?:\.docker\/config\.json|\.dockercfg)$/,
    pattern:
      /"(?<label>[\w.:/-]{1,200})"\s{0,8}:\s{0,8}\{\s{0,64}"auth"\s{0,8}:\s{0,8}"(?<secret>[A-Za-z0-9+/=]{8,4096})"/g,
    hint: "login to $1",
  },
  {
    kind: "login",
    files: /(?:^|\/)[._]netrc$/,
    pattern: /machine\s{1,8}(?<label>[\w.-]{1,200})\s[^\n]{0,200}?password\s{1,8}(?<secret>\S{4,512})/g,
    hint: "login to $1",
  },
  {
    kind: "login",
    files: /(?:^|\/)\.git-credentials$/,
    pattern: /^https?:\/\/[^:@/\s]{1,200}:(?<secret>[^@/\s]{4,512})@(?<label>[\w.:-]{1,200})/gm,
    hint: "login to $1",
  },
  {
    kind: "login",
    files: /(?:^|\/)\.pgpass$/,
    pattern: /^(?<label>[^:#\n]{1,200}):[^:\n]{1,10}:[^:\n]{1,200}:[^:\n]{1,200}:(?<secret>[^\n]{4,512})$/gm,
    hint: "database at $1",
  },
  {
    kind: "login",
    files: /(?:^|\/)\.my\.cnf$/,
    pattern: /^\s{0,8}password\s{0,4}=\s{0,4}(?<secret>[^\s][^\n]{3,512})/gm,
    hint: "database password",
  },
  {
    kind: "kubernetes-login",
    files: /(?:^|\/)(?:\.kube\/config|kubeconfig)$/,
    pattern: /^\s{0,16}(?<label>client-key-data|token|password):\s{1,8}(?<secret>\S{16,16384})/gm,
    hint: "$1",
  },
];
