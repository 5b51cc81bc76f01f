export { hashToken, newToken, sameText } from "./token.ts";
export { loadInstallationKey, sealerFromKey, type InstallationKey, type Sealer } from "./sealer.ts";
