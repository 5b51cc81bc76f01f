/** Whether processes use what a finding is about. */
export function useWord(inUse: boolean | null): "in use" | "not seen" | "unknown" {
  if (inUse === null) return "unknown";
  return inUse ? "in use" : "not seen";
}
