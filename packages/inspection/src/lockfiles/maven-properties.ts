export type Properties = ReadonlyMap<string, string>;

/** A name or version with its properties is not longer than this: properties inside properties can multiply. */
const lengthMax = 1024;
/** Properties that name properties, one inside the other. */
const roundsMax = 10;

/** Puts in the values of `${name}`. Null when one is unknown or they never come to an end. */
export function resolveProperties(text: string | null, properties: Properties): string | null {
  let resolved = text ?? "";
  for (let round = 0; round < roundsMax && resolved.includes("${"); round += 1) {
    if (resolved.length > lengthMax) return null;
    resolved = resolved.replaceAll(/\$\{([^{}]+)\}/g, (whole, name: string) => {
      const value = properties.get(name.trim());
      return value === undefined || value.length > lengthMax ? whole : value;
    });
  }
  return resolved === "" || resolved.length > lengthMax || resolved.includes("${") ? null : resolved;
}
