"use client";

import { Field } from "@rampart/ui/field";
import { Input, TextArea } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { type ChannelDraft, withTransport } from "./channel-draft.ts";

const transports = [
  { value: "tls", label: "TLS, encrypted and confirmed" },
  { value: "tcp", label: "TCP, confirmed" },
  { value: "udp", label: "UDP, may be lost on the way" },
];
const details = [
  { value: "findings", label: "A summary and one message per finding" },
  { value: "summary", label: "Only a summary" },
];
const framings = [
  { value: "octet-counted", label: "By length (RFC 6587, octet counting)" },
  { value: "line-feed", label: "By line feed" },
];

type Settings = ChannelDraft["settings"];
type SyslogFieldsProps = Readonly<{ draft: ChannelDraft; keyStored: boolean; onChange: (draft: ChannelDraft) => void }>;

export function SyslogFields({ draft, keyStored, onChange }: SyslogFieldsProps) {
  const { settings } = draft;
  const set = (change: Partial<Settings>) => onChange({ ...draft, settings: { ...settings, ...change } });
  return (
    <>
      <Field id="transport" label="Transport">
        {(wiring) => (
          <Select
            {...wiring}
            options={transports}
            value={settings.transport}
            onChange={(event) =>
              onChange({ ...draft, settings: withTransport(settings, readTransport(event.target.value)) })
            }
          />
        )}
      </Field>
      <div className="grid grid-cols-[1fr_7rem] gap-3">
        <Field id="host" label="Host name or address">
          {(wiring) => (
            <Input
              {...wiring}
              required
              maxLength={253}
              placeholder="siem.example.com"
              value={settings.host}
              onChange={(event) => set({ host: event.target.value.trim() })}
            />
          )}
        </Field>
        <Field id="port" label="Port">
          {(wiring) => (
            <Input
              {...wiring}
              type="number"
              required
              min={1}
              max={65535}
              value={settings.port}
              onChange={(event) => set({ port: Number(event.target.value) })}
            />
          )}
        </Field>
      </div>
      <Field id="detail" label="What is sent">
        {(wiring) => (
          <Select
            {...wiring}
            options={details}
            value={settings.detail}
            onChange={(event) => set({ detail: event.target.value === "summary" ? "summary" : "findings" })}
          />
        )}
      </Field>
      {settings.transport === "tls" && <TlsFields draft={draft} keyStored={keyStored} onChange={onChange} />}
      <details className="rounded-md border px-3 py-2">
        <summary className="text-sm font-medium">More settings</summary>
        <div className="mt-3 grid gap-4">
          {settings.transport !== "udp" && (
            <Field id="framing" label="How messages are told apart">
              {(wiring) => (
                <Select
                  {...wiring}
                  options={framings}
                  value={settings.framing}
                  onChange={(event) =>
                    set({ framing: event.target.value === "line-feed" ? "line-feed" : "octet-counted" })
                  }
                />
              )}
            </Field>
          )}
          <Field
            id="identifier"
            label="Identifier"
            hint="Added to each message as id, to tell several installations apart."
          >
            {(wiring) => (
              <Input
                {...wiring}
                maxLength={128}
                value={settings.identifier}
                onChange={(event) => set({ identifier: event.target.value })}
              />
            )}
          </Field>
        </div>
      </details>
    </>
  );
}

function TlsFields({ draft, keyStored, onChange }: SyslogFieldsProps) {
  const { settings } = draft;
  const set = (change: Partial<Settings>) => onChange({ ...draft, settings: { ...settings, ...change } });
  return (
    <>
      <Field
        id="ca"
        label="Authority that signed the receiver’s certificate"
        hint="PEM. Empty: the authorities that this system trusts."
      >
        {(wiring) => <TextArea {...wiring} value={settings.ca} onChange={(event) => set({ ca: event.target.value })} />}
      </Field>
      <details className="rounded-md border px-3 py-2">
        <summary className="text-sm font-medium">Certificate of our own</summary>
        <div className="mt-3 grid gap-4">
          <Field id="server-name" label="Name in the receiver’s certificate" hint="Empty: the host name above.">
            {(wiring) => (
              <Input
                {...wiring}
                maxLength={253}
                value={settings.serverName}
                onChange={(event) => set({ serverName: event.target.value.trim() })}
              />
            )}
          </Field>
          <Field id="client-certificate" label="Certificate" hint="PEM, for receivers that ask for one.">
            {(wiring) => (
              <TextArea
                {...wiring}
                value={settings.clientCertificate}
                onChange={(event) => set({ clientCertificate: event.target.value })}
              />
            )}
          </Field>
          <Field
            id="client-key"
            label="Its key"
            hint={keyStored ? "A key is stored. Type another to replace it." : "PEM. Stored sealed, never shown again."}
          >
            {(wiring) => (
              <TextArea
                {...wiring}
                autoComplete="off"
                value={draft.clientKey}
                onChange={(event) => onChange({ ...draft, clientKey: event.target.value })}
              />
            )}
          </Field>
        </div>
      </details>
    </>
  );
}

function readTransport(value: string): Settings["transport"] {
  return value === "udp" || value === "tcp" ? value : "tls";
}
