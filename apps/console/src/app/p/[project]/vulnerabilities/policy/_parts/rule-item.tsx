"use client";

import { Badge } from "@rampart/ui/badge";
import { Button } from "@rampart/ui/button";
import { classNames } from "@rampart/ui/core/class-names";
import { formatCounted } from "@rampart/ui/core/format";
import { Switch } from "@rampart/ui/switch";
import { ArrowDown, ArrowUp, GripVertical, Pencil, Trash2 } from "lucide-react";
import { type DragEvent, useState } from "react";
import type { DraftRule } from "./draft.ts";

const dragType = "application/x-rampart-rule";

type RuleItemProps = Readonly<{
  rule: DraftRule;
  position: number;
  last: boolean;
  mayWrite: boolean;
  onMove: (by: 1 | -1) => void;
  onDrop: (from: number) => void;
  onChange: (rule: DraftRule) => void;
  onEdit: () => void;
  onRemove: () => void;
}>;

export function RuleItem(props: RuleItemProps) {
  const { rule, position, mayWrite } = props;
  const [over, setOver] = useState(false);

  function drop(event: DragEvent) {
    setOver(false);
    const from = Number(event.dataTransfer.getData(dragType));
    if (Number.isInteger(from)) props.onDrop(from);
  }

  return (
    <li
      draggable={mayWrite}
      onDragStart={(event) => event.dataTransfer.setData(dragType, String(position - 1))}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragType)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={classNames(
        "flex items-start gap-3 px-3 py-3",
        over && "bg-selected",
        !rule.enabled && "text-ink-subtle",
      )}
    >
      <span className="flex items-center gap-1 pt-0.5 text-sm text-ink-subtle">
        {mayWrite && <GripVertical aria-hidden className="size-4 cursor-grab" />}
        <span className="w-5 text-right">{position}</span>
      </span>
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {rule.name}
          {!rule.enabled && <Badge>off</Badge>}
          {rule.shadowedBy !== null && <Badge tone="warn">never decides: “{rule.shadowedBy}” comes first</Badge>}
        </p>
        <p className="text-sm text-ink-muted">{rule.sentence}</p>
        {rule.notes !== "" && <p className="text-xs text-ink-subtle">{rule.notes}</p>}
      </div>
      <span className="pt-0.5 text-xs whitespace-nowrap text-ink-subtle">
        {formatCounted(rule.hits, "hit")} in 30 days
      </span>
      {mayWrite && <RuleActions {...props} />}
    </li>
  );
}

function RuleActions({ rule, position, last, onMove, onChange, onEdit, onRemove }: RuleItemProps) {
  return (
    <div className="flex items-center">
      <Switch
        aria-label={`${rule.name}: in force`}
        checked={rule.enabled}
        onCheckedChange={(enabled) => onChange({ ...rule, enabled })}
        className="mr-2"
      />
      <Button
        kind="quiet"
        size="icon"
        aria-label={`Move ${rule.name} up`}
        disabled={position === 1}
        onClick={() => onMove(-1)}
      >
        <ArrowUp aria-hidden />
      </Button>
      <Button kind="quiet" size="icon" aria-label={`Move ${rule.name} down`} disabled={last} onClick={() => onMove(1)}>
        <ArrowDown aria-hidden />
      </Button>
      <Button kind="quiet" size="icon" aria-label={`Edit ${rule.name}`} onClick={onEdit}>
        <Pencil aria-hidden />
      </Button>
      <Button kind="quiet" size="icon" aria-label={`Remove ${rule.name}`} onClick={onRemove}>
        <Trash2 aria-hidden />
      </Button>
    </div>
  );
}
