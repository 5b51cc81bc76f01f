import { Refusal } from "@rampart/kernel";
import { compareVersions } from "@rampart/vulnerabilities/core";

/** Two versions of this length each; real ones end at about 200 characters. */
export const lineLengthMax = 16_384;

/** Answers of one chunk are written together; the writer says when it has room for more. */
export type LineSource = AsyncIterable<Buffer>;
export type Write = (text: string) => Promise<void>;

/** For each line `a<TAB>b` one line: whether `a` is older (`<`), the same (`=`) or newer (`>`). */
export async function compareLines(input: LineSource, ecosystem: string, write: Write): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  let number = 0;
  const answer = async (lines: readonly string[]): Promise<void> => {
    let answers = "";
    for (const line of lines) {
      number += 1;
      const order = orderOf(line, ecosystem);
      if (order === null) {
        await write(answers);
        throw badLine(line, number);
      }
      answers += `${order}\n`;
    }
    if (answers !== "") await write(answers);
  };
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    await answer(lines);
    if (rest.length > lineLengthMax) throw badLine(rest, number + 1);
  }
  rest += decoder.decode();
  if (rest !== "") await answer([rest]);
}

function orderOf(line: string, ecosystem: string): "<" | "=" | ">" | null {
  const whole = line.endsWith("\r") ? line.slice(0, -1) : line;
  const tab = whole.indexOf("\t");
  if (tab === -1 || whole.length > lineLengthMax || whole.includes("\t", tab + 1)) return null;
  const order = compareVersions(ecosystem, whole.slice(0, tab), whole.slice(tab + 1));
  if (order === 0) return "=";
  return order < 0 ? "<" : ">";
}

function badLine(line: string, number: number): Refusal {
  const why = line.length > lineLengthMax ? `is longer than ${lineLengthMax} characters` : "is no pair of versions";
  const shown = JSON.stringify(line.slice(0, 60));
  return new Refusal(
    "invalid",
    "cli.versions.bad-line",
    `Line ${number} ${why}: ${shown}. Write two versions with one tab between them.`,
  );
}
