/** Why something on this page cannot be used, and who can change that. */
export const needsOperate = "This needs the right to operate the installation. A central administrator can give it.";
export const needsWrite = "This needs the right to write vulnerabilities. A tenant administrator can give it.";
