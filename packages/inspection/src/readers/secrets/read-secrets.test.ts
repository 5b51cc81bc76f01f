import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../limits.ts";
import { readSecrets } from "./read-secrets.ts";
import { mayHoldSecrets } from "./secret-path.ts";

function secretsIn(text: string, path = "app/config.yml"): string[] {
  const { content } = readSecrets(Buffer.from(text), path);
  return content?.is === "secrets" ? content.secrets.map(({ kind, hint, line }) => `${kind}: ${hint} @${line}`) : [];
}

/** Put together here, so that no scanner of this repository takes them for real. */
const made = (...parts: readonly string[]) => parts.join("");
const letters = "aB3dE5gH7jK9mN1pQ2sT4vW6xY8zA0cD2fG4hJ6k";
const githubToken = made("ghp", "_", letters.slice(0, 36));
const awsKey = made("AK", "IA", "Q3EGRT5B7WZ2XN4M");
const body = `${letters}${letters}\n${letters}\n`;
const keyOf = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----\n${body}-----END ${kind}PRIVATE KEY-----\n`;

describe("readSecrets", () => {
  test.for([
    ["etc/ssl/private/shop.key", keyOf("RSA "), "private-key: RSA PRIVATE KEY @1"],
    ["home/app/.ssh/id_ed25519", `\n${keyOf("OPENSSH ")}`, "private-key: OPENSSH PRIVATE KEY @2"],
    ["app/key.pem", keyOf("ENCRYPTED "), "private-key: ENCRYPTED PRIVATE KEY @1"],
    ["app/key.ppk", "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\n", "private-key: PuTTY key, ssh-rsa @1"],
    ["app/config.yml", `a: 1\nkey: ${awsKey}\n`, "aws-key: access key id @2"],
    ["root/.aws/credentials", `aws_secret_access_key = ${letters}\n`, "aws-key: secret access key @1"],
    ["app/.env", `TOKEN=${githubToken}\n`, "github-token: token @1"],
    ["app/.env", `T=${made("glpat", "-", letters.slice(0, 20))}\n`, "gitlab-token: token @1"],
    ["app/x.json", `{"t":"${made("xoxb", "-", "123456789012-", letters.slice(0, 24))}"}`, "slack-token: token @1"],
    [
      "root/.npmrc",
      `//registry.npmjs.org/:_authToken=${letters}\n`,
      "registry-login: //registry.npmjs.org/:_authToken @1",
    ],
    ["root/.pypirc", "[pypi]\nusername = u\npassword = s3cr3t-Word\n", "registry-login: password @3"],
    [
      "root/.docker/config.json",
      '{"auths": {"reg.example.org": {"auth": "dXNlcjpwYXNzd29yZA=="}}}',
      "registry-login: login to reg.example.org @1",
    ],
    ["root/.netrc", "machine git.acme.org login u password s3cr3t\n", "login: login to git.acme.org @1"],
    ["root/.git-credentials", "https://u:s3cr3t@git.acme.org\n", "login: login to git.acme.org @1"],
    ["root/.pgpass", "db.acme.org:5432:shop:u:s3cr3t\n", "login: database at db.acme.org @1"],
    ["root/.kube/config", `    client-key-data: ${letters}\n`, "kubernetes-login: client-key-data @1"],
  ] as const)("%s with its secret is %s", ([path, text, expected]) => {
    expect(mayHoldSecrets(path)).toBe(true);
    expect(secretsIn(text, path)).toEqual([expected]);
  });

  test.for([
    ["a variable", "//r/:_authToken=${NPM_TOKEN}\n", "root/.npmrc"],
    ["an example", `key: ${made("AK", "IA", "IOSFODNN7EXAMPLE")}`, "app/config.yml"],
    ["one letter over and over", `T=${made("ghp", "_", "x".repeat(36))}`, "app/.env"],
    ["a public key", "-----BEGIN PUBLIC KEY-----\nMIIB\n", "app/key.pem"],
    ["a mention of a key", 'if (text.startsWith("-----BEGIN PRIVATE KEY-----")) return;', "app/config.sh"],
  ] as const)("%s is no secret", ([, text, path]) => {
    expect(secretsIn(text, path)).toEqual([]);
  });

  test("the secret itself is in nothing that is kept", () => {
    const { content } = readSecrets(Buffer.from(`T=${githubToken}\n${keyOf("")}`), "app/.env");
    expect(JSON.stringify(content)).not.toContain(letters.slice(0, 8));
    expect(content).toMatchObject({ secrets: [{}, {}] });
  });

  test("a thousand secrets in one file are twenty", () => {
    expect(secretsIn(`${awsKey}\n`.repeat(1000))).toHaveLength(20);
  });

  test("no text of the largest size takes long", () => {
    const size = defaultLimits.settingsBytesMax;
    for (const piece of [
      "a",
      " ",
      "\n",
      "=",
      "-----BEGIN ",
      "password ",
      "machine a ",
      '"a" : {',
      "AKIA",
      "https://a:",
    ]) {
      const started = performance.now();
      for (const path of [
        "app/.netrc",
        "app/.docker/config.json",
        "app/.npmrc",
        "app/.git-credentials",
        "app/.pgpass",
      ]) {
        secretsIn(piece.repeat(size / piece.length), path);
      }
      expect(performance.now() - started, piece).toBeLessThan(2000);
    }
  });

  test("whatever the text is, it ends, and what is kept fits an inventory", () => {
    const word = fc.constantFrom(
      "password ",
      "machine x ",
      awsKey,
      githubToken,
      "\n",
      " = ",
      "-----BEGIN PRIVATE KEY-----",
      '"',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, fc.string({ unit: "binary", maxLength: 20 })), { maxLength: 60 }),
        (words) => {
          const { content } = readSecrets(Buffer.from(words.join("")), "app/.netrc");
          if (content?.is !== "secrets") return;
          for (const { hint, line } of content.secrets) expect([hint.length <= 120, line > 0]).toEqual([true, true]);
        },
      ),
    );
  });
});

describe("mayHoldSecrets", () => {
  test.for([
    "usr/share/doc/x/example.conf",
    "app/node_modules/tls/test/server.key",
    "usr/lib/python3/dist-packages/x/test.pem",
    "app/main.js",
    "var/lib/dpkg/info/x.conf",
  ])("%s is the work of others, or no settings", (path) => {
    expect(mayHoldSecrets(path)).toBe(false);
  });
});
