/** Replaced at build time by Next, so that what is only for developers is not in the product. */
export const isDevelopment = process.env["NODE_ENV"] !== "production";
