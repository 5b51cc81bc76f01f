import type { FoundSecret } from "../../layers/layer-result.ts";
import { printable } from "../../warnings.ts";
import type { ReaderResult } from "../reader.ts";
import { secretRules } from "./secret-rules.data.ts";
import type { SecretRule } from "./secret-rules.data.ts";

const secretsPerFileMax = 20;
const hintLengthMax = 120;
/** What people write where a secret would be. */
const placeholder = /^[$<{%]|\$\{|\{\{|example|changeme|change-me|placeholder|dummy|your[_-]|xxxx|\.\.\.|\*\*\*/i;
/** A secret has more different characters than this: `aaaaaaaaaaaaaaaa` is none. */
const differentMin = 4;

/** Notes keys, tokens and logins of a text file, by kind. The secrets themselves are never kept. */
export function readSecrets(bytes: Buffer, path: string): ReaderResult {
  const text = bytes.toString("latin1");
  const found = new Map<string, FoundSecret>();
  for (const rule of secretRules) {
    if (rule.files !== undefined && !rule.files.test(path)) continue;
    for (const match of text.matchAll(rule.pattern)) {
      if (isPlaceholder(match.groups?.["secret"])) continue;
      const secret = toSecret(rule, match.groups?.["label"] ?? "", lineOf(text, match.index));
      found.set(`${secret.kind}\n${secret.line}`, secret);
      if (found.size >= secretsPerFileMax) break;
    }
  }
  return {
    content: found.size === 0 ? null : { is: "secrets", secrets: [...found.values()].slice(0, secretsPerFileMax) },
  };
}

function toSecret({ kind, hint }: SecretRule, label: string, line: number): FoundSecret {
  return {
    kind,
    hint: printable(
      hint.replace("$1", () => label),
      hintLengthMax,
    ),
    line,
  };
}

function isPlaceholder(secret: string | undefined): boolean {
  return secret !== undefined && (placeholder.test(secret) || new Set(secret).size < differentMin);
}

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < index; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
