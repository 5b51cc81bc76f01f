import { boundedQuery } from "./rules/bounded-query.ts";
import { boundedSchema } from "./rules/bounded-schema.ts";
import { explainedCast } from "./rules/explained-cast.ts";
import { extensionInImport } from "./rules/extension-in-import.ts";
import { namedAfterExport } from "./rules/named-after-export.ts";
import { noAmbientInput } from "./rules/no-ambient-input.ts";
import { noNestedWrite } from "./rules/no-nested-write.ts";
import { noSleepInTests } from "./rules/no-sleep-in-tests.ts";
import { reasonedExemption } from "./rules/reasoned-exemption.ts";
import { refusedWords } from "./rules/refused-words.ts";
import { verbChecksPermission } from "./rules/verb-checks-permission.ts";
import { writeVerbAudits } from "./rules/write-verb-audits.ts";

/** The rules of the house that no published plugin knows. `.oxlintrc.json` says where each applies. */
export default {
  meta: { name: "rampart" },
  rules: {
    "bounded-query": boundedQuery,
    "bounded-schema": boundedSchema,
    "explained-cast": explainedCast,
    "extension-in-import": extensionInImport,
    "named-after-export": namedAfterExport,
    "no-ambient-input": noAmbientInput,
    "no-nested-write": noNestedWrite,
    "no-sleep-in-tests": noSleepInTests,
    "reasoned-exemption": reasonedExemption,
    "refused-words": refusedWords,
    "verb-checks-permission": verbChecksPermission,
    "write-verb-audits": writeVerbAudits,
  },
};
