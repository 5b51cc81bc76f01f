declare const granted: unique symbol;

/**
 * Proof that the holder may act inside one project. Only `@rampart/kernel/grant` makes one, and only the rims that
 * authenticate (rpc, gateway, queue) may import that.
 */
export type ProjectScope = Readonly<{ tenantId: string; projectId: string; [granted]: true }>;
