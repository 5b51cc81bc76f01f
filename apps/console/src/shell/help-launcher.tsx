"use client";

import { Button } from "@rampart/ui/button";
import { CircleHelp } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";

const HelpForRoute = dynamic(() => import("#shell/help-for-route.tsx").then((module) => module.HelpForRoute), {
  ssr: false,
});

/** The ? at the top right. The texts are loaded when somebody first asks. */
export function HelpLauncher() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <Button kind="quiet" size="icon" aria-label="Help for this page" onClick={() => (setWanted(true), setOpen(true))}>
        <CircleHelp aria-hidden />
      </Button>
      {wanted && <HelpForRoute open={open} onOpenChange={setOpen} />}
    </>
  );
}
