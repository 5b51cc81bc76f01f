"use client";

import { ListFilter, X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import {
  applyCompletion,
  type Completion,
  completeFilter,
  type FilterField,
  filterLengthMax,
} from "./core/filter-words.ts";
import { classNames } from "./core/class-names.ts";
import { inputLook } from "./input.tsx";
import { useSearchState } from "./search-state.tsx";

type FilterBarProps = Readonly<{
  fields: readonly FilterField[];
  /** The words as they stand in the address. */
  value: string;
  /** What of them was not understood. */
  problems: readonly string[];
  placeholder: string;
}>;

/** Words in, address out: typing completes, Enter filters, Escape closes the list. */
export function FilterBar({ fields, value, problems, placeholder }: FilterBarProps) {
  const { change, pending } = useSearchState();
  // A new address (Back, a link) brings a new value; the key makes the typed text start from it.
  return (
    <div className="grid gap-1">
      <FilterInput
        key={value}
        fields={fields}
        value={value}
        placeholder={placeholder}
        pending={pending}
        onApply={(q) => change({ q: q.trim(), offset: null, open: null })}
      />
      {problems.map((problem) => (
        <p key={problem} role="alert" className="text-xs text-warn">
          <span aria-hidden>▲ </span>
          {problem}
        </p>
      ))}
    </div>
  );
}

type FilterInputProps = Omit<FilterBarProps, "problems"> &
  Readonly<{ pending: boolean; onApply: (typed: string) => void }>;

function FilterInput({ fields, value, placeholder, pending, onApply }: FilterInputProps) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [listOpen, setListOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const completions = listOpen ? completeFilter(typed, fields) : [];
  const shown = completions.length > 0;

  function choose(completion: Completion) {
    const next = applyCompletion(typed, completion);
    setTyped(next);
    setActive(-1);
    if (!completion.word.endsWith(":")) {
      setListOpen(false);
      onApply(next);
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setListOpen(true);
      if (shown) setActive((active + step + completions.length) % completions.length);
    } else if (event.key === "Escape") {
      setListOpen(false);
      setActive(-1);
    } else if (event.key === "Enter" || (event.key === "Tab" && active >= 0)) {
      const completion = completions[active];
      if (completion === undefined) {
        setListOpen(false);
        onApply(typed);
      } else {
        event.preventDefault();
        choose(completion);
      }
    }
  }

  return (
    <div className="relative">
      <ListFilter aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-subtle" />
      <input
        type="text"
        role="combobox"
        aria-label="Filter"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 && shown ? `${id}-${active}` : undefined}
        aria-busy={pending}
        autoComplete="off"
        spellCheck={false}
        maxLength={filterLengthMax}
        value={typed}
        placeholder={placeholder}
        className={classNames(inputLook, "pr-9 pl-8", pending && "opacity-70")}
        onChange={(event) => {
          setTyped(event.target.value);
          setListOpen(true);
          setActive(-1);
        }}
        onFocus={() => setListOpen(true)}
        onBlur={() => setListOpen(false)}
        onKeyDown={onKeyDown}
      />
      {typed !== "" && <ClearButton onClear={() => (setTyped(""), onApply(""))} />}
      <CompletionList id={id} completions={completions} active={active} onChoose={choose} />
    </div>
  );
}

function ClearButton({ onClear }: Readonly<{ onClear: () => void }>) {
  return (
    <button
      type="button"
      aria-label="Clear the filter"
      className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-ink-subtle hover:bg-hover"
      onClick={onClear}
    >
      <X aria-hidden className="size-4" />
    </button>
  );
}

type CompletionListProps = Readonly<{
  id: string;
  completions: readonly Completion[];
  active: number;
  onChoose: (completion: Completion) => void;
}>;

function CompletionList({ id, completions, active, onChoose }: CompletionListProps) {
  return (
    <ul
      id={`${id}-list`}
      role="listbox"
      aria-label="Completions"
      hidden={completions.length === 0}
      className="absolute inset-x-0 top-9 z-30 max-w-xl rounded-md border bg-raised p-1 shadow-pop"
    >
      {completions.map((completion, index) => (
        <li
          key={completion.word}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className="flex h-8 cursor-pointer items-center gap-3 rounded-sm px-2 text-sm hover:bg-hover aria-selected:bg-hover"
          // The pointer must not take the focus from the input, or the list would close before the click lands.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(completion)}
        >
          <code className="font-mono text-xs">{completion.word}</code>
          <span className="text-xs text-ink-subtle">{completion.hint}</span>
        </li>
      ))}
    </ul>
  );
}
