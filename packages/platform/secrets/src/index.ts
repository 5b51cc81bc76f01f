export { hashToken, newToken, sameText } from "./token.ts";
export { loadSealer, sealerFromKey, type Sealer } from "./sealer.ts";
