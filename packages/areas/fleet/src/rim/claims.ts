/** A report that was claimed this often and never forgotten is parked: applying it fails every time. */
export const claimsMax = 10;

/** A claim this old counts as lost. */
export const claimMs = 5 * 60_000;
