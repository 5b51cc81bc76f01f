import type { Context, Rule } from "../syntax.ts";

const directive = /^\s*(oxlint|eslint)-disable(-next-line|-line)?\b/;

/** A rule may be switched off for one line, with the reason written beside it, never for a file. */
export const reasonedExemption: Rule = {
  meta: {
    type: "problem",
    messages: {
      reason:
        "A switched-off rule carries its reason: `// oxlint-disable-next-line <rule> -- <why this is safe here>`.",
      rule: "Name the rule that is switched off.",
      file: "A rule is switched off for one line, not for a whole file.",
    },
  },
  create(context: Context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const scope = directive.exec(comment.value)?.[2];
          if (!directive.test(comment.value)) continue;
          const [rules = "", reason = ""] = comment.value.replace(directive, "").split(/\s--\s/);
          const loc = comment.loc;
          if (scope === undefined) context.report({ loc, messageId: "file" });
          else if (rules.trim() === "") context.report({ loc, messageId: "rule" });
          else if (reason.trim().length < 12) context.report({ loc, messageId: "reason" });
        }
      },
    };
  },
};
