import { CopyButton } from "./copy-button.tsx";

export function CodeBlock({ code, what }: Readonly<{ code: string; what: string }>) {
  return (
    <div className="relative rounded-md border bg-sunken">
      <pre
        className="overflow-x-auto py-2.5 pr-10 pl-3 font-mono text-xs leading-5 whitespace-pre-wrap break-all"
        tabIndex={0}
      >
        <code>{code}</code>
      </pre>
      <CopyButton text={code} what={what} className="absolute top-1.5 right-1.5" />
    </div>
  );
}
