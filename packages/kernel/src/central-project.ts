/** The tenant and project that every installation has from its first migration on. */
export const centralTenantId = "00000000-0000-7000-8000-000000000001";
export const centralProjectId = "00000000-0000-7000-8000-000000000002";
