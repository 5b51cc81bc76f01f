import { BadEntry, feedPieceLimits, type TextChunks } from "./feed-entry.ts";

const quote = 34;
const backslash = 92;

/**
 * A cursor over JSON text that arrives in chunks. It holds what was not consumed yet: at most one value, or nothing but
 * the current chunk while it passes over a value.
 */
export class TextSource {
  readonly #chunks: AsyncIterator<string>;
  #text = "";
  #at = 0;
  #ended = false;

  constructor(chunks: TextChunks) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next character that is no white space, left in place; empty at the end. */
  async peek(): Promise<string> {
    for (;;) {
      while (this.#at < this.#text.length && isSpace(this.#text.charCodeAt(this.#at))) this.#at += 1;
      if (this.#at < this.#text.length) return this.#text.charAt(this.#at);
      if (!(await this.#more())) return "";
    }
  }

  async next(): Promise<string> {
    const character = await this.peek();
    this.#at += 1;
    return character;
  }

  /** The text of the value that begins here. */
  async takeValue(): Promise<string> {
    await this.peek();
    const length = await this.#measure(true);
    const text = this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
    return text;
  }

  async skipValue(): Promise<void> {
    await this.peek();
    const length = await this.#measure(false);
    this.#at += length;
  }

  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const { value, done } = await this.#chunks.next();
    this.#ended = done === true;
    if (done === true) return false;
    this.#text = this.#text.slice(this.#at) + value;
    this.#at = 0;
    return true;
  }

  /** Finds the end of the value; a value that is passed over is dropped as it is read. */
  async #measure(keep: boolean): Promise<number> {
    const scan: Scan = { depth: 0, inString: false, started: false };
    let length = 0;
    for (;;) {
      const end = scanValue(this.#text, this.#at + length, scan);
      if (end !== null) return end - this.#at;
      length = this.#text.length - this.#at + (scan.escapes ?? 0);
      if (keep && length > feedPieceLimits.charsMax) throw new BadEntry(null, "holds an entry that is too long");
      if (!keep) {
        this.#at = this.#text.length;
        length = scan.escapes ?? 0;
      }
      if (await this.#more()) continue;
      if (scan.started && scan.depth === 0 && !scan.inString) return this.#text.length - this.#at;
      throw new BadEntry(null, "ends in the middle of an entry");
    }
  }
}

type Scan = { depth: number; inString: boolean; started: boolean; escapes?: number };

/** Index behind the value, or null when the text ends before it does; `scan` remembers how far it came. */
function scanValue(text: string, from: number, scan: Scan): number | null {
  let at = from;
  scan.escapes = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (scan.inString) {
      at += code === backslash ? 2 : 1;
      if (code !== quote) continue;
      scan.inString = false;
      if (scan.depth === 0) return at;
      continue;
    }
    if (endsBareValue(code, scan)) return at;
    scan.started = true;
    at += 1;
    if (code === quote) scan.inString = true;
    else if (isOpening(code)) deepen(scan);
    else if (isClosing(code)) {
      scan.depth -= 1;
      if (scan.depth <= 0) return at;
    }
  }
  // An escape may straddle the end of the chunk: its second character belongs to the next one.
  scan.escapes = at - text.length;
  return null;
}

/** Numbers and words have no end mark of their own. */
function endsBareValue(code: number, { depth, started }: Scan): boolean {
  return depth === 0 && started && (isSpace(code) || code === 44 || isClosing(code));
}

function deepen(scan: Scan): void {
  scan.depth += 1;
  if (scan.depth > feedPieceLimits.depthMax) throw new BadEntry(null, "is nested too deeply");
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9 || code === 0xfeff;
}

function isOpening(code: number): boolean {
  return code === 123 || code === 91;
}

function isClosing(code: number): boolean {
  return code === 125 || code === 93;
}
