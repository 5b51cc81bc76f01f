import type { ImageDetail } from "@rampart/inventory/contract";

/** "AWS key", "Private key": a kind of secret as people read it. */
export function secretWords(kind: ImageDetail["secrets"][number]["kind"]): string {
  const words = kind.replaceAll("-", " ").replace(/^(?:aws|npm)/, (name) => name.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
