import { type Decoded, decodeJson } from "./decoded.ts";
import { DefenderBulkText, DefenderControlFrame } from "./frames/control.ts";
import { GatewayBulkFrame, GatewayControlFrame } from "./frames/gateway.ts";

/** Writes any frame that travels as text. */
export function encodeFrame(
  frame: DefenderControlFrame | DefenderBulkText | GatewayControlFrame | GatewayBulkFrame,
): string {
  return JSON.stringify(frame);
}

export const decodeDefenderControl = (text: string): Decoded<DefenderControlFrame> =>
  decodeJson(DefenderControlFrame, text);
export const decodeDefenderBulkText = (text: string): Decoded<DefenderBulkText> => decodeJson(DefenderBulkText, text);
export const decodeGatewayControl = (text: string): Decoded<GatewayControlFrame> =>
  decodeJson(GatewayControlFrame, text);
export const decodeGatewayBulk = (text: string): Decoded<GatewayBulkFrame> => decodeJson(GatewayBulkFrame, text);
