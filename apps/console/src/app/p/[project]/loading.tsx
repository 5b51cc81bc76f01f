import { TableSkeleton } from "@rampart/ui/skeleton";

export default function ProjectLoading() {
  return <TableSkeleton />;
}
