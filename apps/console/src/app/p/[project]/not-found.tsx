import { EmptyState } from "@rampart/ui/empty-state";

export default function ProjectNotFound() {
  return (
    <EmptyState isPage title="There is nothing at this address">
      It may have been removed since the link was made, or it belongs to another project.
    </EmptyState>
  );
}
