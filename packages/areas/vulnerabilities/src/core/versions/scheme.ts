/** Negative: the first is older; zero: the same version; positive: the first is newer. */
export type Order = number;

/** How one ecosystem orders its versions: a total order over every text, readable or not. */
export type VersionScheme = Readonly<{
  compare(left: string, right: string): Order;
  /** False for text that is no version of this ecosystem; it is ordered, but says nothing about age. */
  isVersion(text: string): boolean;
}>;

/** Parsed versions kept per scheme. Bounds repeat over advisories, so parsing again would dominate matching. */
const parsedMax = 32_768;

/**
 * Builds a scheme from a parser (null = unreadable) and an order of what it parsed. Unreadable texts come before all
 * versions and are ordered as plain text among themselves, which keeps the order total.
 */
export function schemeOf<Parsed>(
  parse: (text: string) => Parsed | null,
  order: (left: Parsed, right: Parsed) => Order,
): VersionScheme {
  const known = new Map<string, Parsed | null>();
  const read = (text: string): Parsed | null => {
    const hit = known.get(text);
    if (hit !== undefined) return hit;
    if (known.size >= parsedMax) known.clear();
    const parsed = parse(text);
    known.set(text, parsed);
    return parsed;
  };
  return {
    compare(left, right) {
      const first = read(left);
      const second = read(right);
      if (first !== null && second !== null) return order(first, second);
      if (first === null && second === null) return orderText(left, right);
      return first === null ? -1 : 1;
    },
    isVersion: (text) => read(text) !== null,
  };
}

export function orderText(left: string, right: string): Order {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Orders runs of decimal digits of any length by value, without losing precision. */
export function orderDigits(left: string, right: string): Order {
  const first = withoutZeros(left);
  const second = withoutZeros(right);
  return first.length === second.length ? orderText(first, second) : first.length - second.length;
}

function withoutZeros(digits: string): string {
  let start = 0;
  while (start < digits.length - 1 && digits[start] === "0") start += 1;
  return start === 0 ? digits : digits.slice(start);
}

/** Orders lists element by element; a missing element is given to `order` as `missing`. */
export function orderLists<Item>(
  left: readonly Item[],
  right: readonly Item[],
  missing: Item,
  order: (left: Item, right: Item) => Order,
): Order {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const result = order(left[index] ?? missing, right[index] ?? missing);
    if (result !== 0) return result;
  }
  return 0;
}

export function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}
