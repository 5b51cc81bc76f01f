import { messageOf } from "@rampart/kernel";
import { notAnSbom, sbomOverLimit } from "./refuse-document.ts";

/** Values of one document. A value of two bytes takes tens of them once it is parsed, so bytes alone bound nothing. */
const valuesMax = 4_000_000;

const comma = 0x2c;
const openBrace = 0x7b;
const openBracket = 0x5b;

export function parseJson(bytes: Uint8Array, text: string): unknown {
  let values = 0;
  for (const byte of bytes) if (byte === comma || byte === openBrace || byte === openBracket) values += 1;
  if (values > valuesMax) throw sbomOverLimit(`it holds more than ${valuesMax} values`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notAnSbom(`the JSON is damaged (${messageOf(error)})`);
  }
}
