type Seen = Readonly<{ id: string; state: string; imageId: string; name: string }>;

/** Whether a host's containers changed in a way that people would see. */
export function haveContainersChanged(before: readonly Seen[], after: readonly Seen[]): boolean {
  if (before.length !== after.length) return true;
  const known = new Map(before.map((container) => [container.id, container]));
  return after.some((container) => {
    const old = known.get(container.id);
    return (
      old === undefined ||
      old.state !== container.state ||
      old.imageId !== container.imageId ||
      old.name !== container.name
    );
  });
}
