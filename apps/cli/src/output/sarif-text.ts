import { oneLine } from "./one-line.ts";

const messageMax = 4_000;

/** Text for a message: SARIF gives meaning to brackets (links) and braces (placeholders), which names must not use. */
export function sarifText(text: string): string {
  return oneLine(text, messageMax)
    .replaceAll(/[\\[\]]/g, "\\$&")
    .replaceAll(/[{}]/g, "$&$&");
}
