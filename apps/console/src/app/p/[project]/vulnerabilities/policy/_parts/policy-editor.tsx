"use client";

import type { Policy } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { EmptyState } from "@rampart/ui/empty-state";
import { showToast } from "@rampart/ui/toast";
import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { changesBetween, type DraftRule, moved, withRule } from "./draft.ts";
import { newRule } from "./new-rule.ts";
import { RuleItem } from "./rule-item.tsx";
import { SaveBar } from "./save-bar.tsx";

// The form brings the schemas of the contract, which nobody needs who only reads.
const RuleForm = dynamic(() => import("./rule-form.tsx").then((module) => module.RuleForm), { ssr: false });

type PolicyEditorProps = Readonly<{ project: string; policy: Policy; mayWrite: boolean; base: string }>;

/** The ordered rules. Everything is changed in a draft; nothing is in force before it is saved. */
export function PolicyEditor({ project, policy, mayWrite, base }: PolicyEditorProps) {
  const [rules, setRules] = useState<readonly DraftRule[]>(policy.rules);
  const [editing, setEditing] = useState<DraftRule | null>(null);
  const changes = changesBetween(policy.rules, rules);
  const why = mayWrite
    ? undefined
    : "Changing the policy needs the right to write vulnerabilities. A tenant administrator can give it.";

  function remove(rule: DraftRule) {
    const before = rules;
    setRules(rules.filter(({ id }) => id !== rule.id));
    showToast({ text: `“${rule.name}” leaves the draft.`, undo: () => setRules(before) });
  }

  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-3">
        <Button kind="primary" disabled={!mayWrite} title={why} onClick={() => setEditing(newRule())}>
          <Plus aria-hidden /> Add rule
        </Button>
        {why !== undefined && <p className="text-sm text-ink-muted">{why}</p>}
      </div>
      {rules.length === 0 ? (
        <EmptyState title="Without a rule every finding is ignored" />
      ) : (
        <ol aria-label="Rules, first match decides" className="divide-y rounded-lg border bg-surface">
          {rules.map((rule, index) => (
            <RuleItem
              key={rule.id}
              rule={rule}
              position={index + 1}
              last={index === rules.length - 1}
              mayWrite={mayWrite}
              onMove={(by) => setRules(moved(rules, index, index + by))}
              onDrop={(from) => setRules(moved(rules, from, index))}
              onChange={(changed) => setRules(withRule(rules, changed))}
              onEdit={() => setEditing(rule)}
              onRemove={() => remove(rule)}
            />
          ))}
        </ol>
      )}
      {changes.length > 0 && (
        <SaveBar
          project={project}
          policy={policy}
          rules={rules}
          changes={changes}
          base={base}
          onDiscard={() => setRules(policy.rules)}
        />
      )}
      {editing !== null && (
        <RuleForm
          rule={editing}
          of={policy.policy}
          otherNames={rules.filter(({ id }) => id !== editing.id).map(({ name }) => name)}
          onClose={() => setEditing(null)}
          onApply={(rule) => (setRules(withRule(rules, rule)), setEditing(null))}
        />
      )}
    </div>
  );
}
