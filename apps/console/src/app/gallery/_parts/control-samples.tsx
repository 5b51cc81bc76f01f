"use client";

import { Button } from "@rampart/ui/button";
import { Card } from "@rampart/ui/card";
import { Checkbox } from "@rampart/ui/checkbox";
import { ConfirmDialog } from "@rampart/ui/confirm-dialog";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { Switch } from "@rampart/ui/switch";
import { showToast } from "@rampart/ui/toast";
import { Plus } from "lucide-react";
import { useState } from "react";

export function ControlSamples() {
  const [open, setOpen] = useState(false);
  return (
    <Card title="Controls">
      <div className="grid max-w-xl gap-4">
        <div className="flex flex-wrap gap-2">
          <Button kind="primary">
            <Plus aria-hidden /> Add rule
          </Button>
          <Button>Plain</Button>
          <Button kind="quiet">Quiet</Button>
          <Button kind="danger" onClick={() => setOpen(true)}>
            Retire
          </Button>
          <Button disabled title="Needs fleet.write. A tenant administrator can give it.">
            Disabled
          </Button>
          <Button onClick={() => showToast({ text: "Rule removed.", undo: () => undefined })}>Toast</Button>
        </div>
        <Field id="gallery-name" label="Name" hint="As it is shown in alerts." problem="A channel needs a name.">
          {(wiring) => <Input {...wiring} />}
        </Field>
        <Field id="gallery-transport" label="Transport">
          {(wiring) => (
            <Select
              {...wiring}
              options={[
                { value: "udp", label: "UDP" },
                { value: "tls", label: "TLS" },
              ]}
            />
          )}
        </Field>
        <label className="flex items-center gap-2">
          <Checkbox defaultChecked /> Checked
        </label>
        <label className="flex items-center gap-2">
          <Switch defaultChecked aria-label="Enabled" /> Enabled
        </label>
      </div>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Retire this Defender"
        effect="Its certificates stop working at once. The host keeps running and is no longer watched."
        verb="Retire"
        typed="web-1"
        onConfirm={async () => setOpen(false)}
      />
    </Card>
  );
}
