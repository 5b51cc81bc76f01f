"use client";

import type { FeedLocationStatus } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { Card } from "@rampart/ui/card";
import { Dialog } from "@rampart/ui/dialog";
import dynamic from "next/dynamic";
import { useState } from "react";
import { LocationList } from "./location-list.tsx";
import { needsOperate } from "./needs-operate.ts";
import { useLook } from "./use-look.ts";

// The form brings the schemas of the contract, which nobody needs who only reads.
const LocationForm = dynamic(() => import("./location-form.tsx").then((module) => module.LocationForm), { ssr: false });

type LocationCardProps = Readonly<{
  project: string;
  locations: readonly FeedLocationStatus[];
  mayWrite: boolean;
}>;

/** What is looked at by itself, and the dialog in which that is set. */
export function LocationCard({ project, locations, mayWrite }: LocationCardProps) {
  const [asked, setAsked] = useState<Readonly<{ stored?: FeedLocationStatus }>>();
  const { looking, watch } = useLook(locations);
  const close = () => setAsked(undefined);
  return (
    <Card
      title="Where advisories come from"
      aside={
        <Button size="sm" disabled={!mayWrite} title={mayWrite ? undefined : needsOperate} onClick={() => setAsked({})}>
          Add location
        </Button>
      }
    >
      <LocationList
        project={project}
        locations={locations}
        mayWrite={mayWrite}
        looking={looking}
        onChange={(stored) => setAsked({ stored })}
        onLook={watch}
      />
      <Dialog
        open={asked !== undefined}
        onOpenChange={(open) => !open && close()}
        title={asked?.stored === undefined ? "Look at a folder or address by itself" : "Change how a location is asked"}
        description="What is loaded stays in force until something newer was read to its end."
      >
        <LocationForm
          project={project}
          stored={asked?.stored}
          onDone={(location) => {
            close();
            watch(location);
          }}
        />
      </Dialog>
    </Card>
  );
}
