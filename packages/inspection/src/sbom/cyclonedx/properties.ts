type Property = Readonly<{ name: string; value?: string | null | undefined }>;

/** Properties of our own documents. */
export const warningProperty = "rampart:warning";
export const ownedByOsProperty = "rampart:ownedByOs";
export const codenameProperty = "rampart:os:codename";
export const layerProperty = "rampart:layerDigest";

/** Properties by name; the first of a name wins. */
export function propertiesOf(list: readonly Property[] | null | undefined): {
  all: readonly (readonly [name: string, value: string])[];
  one: (name: string) => string | null;
} {
  const all = (list ?? []).map(({ name, value }) => [name, value ?? ""] as const);
  return {
    all,
    one: (name) => all.find(([known, value]) => known === name && value !== "")?.[1] ?? null,
  };
}
