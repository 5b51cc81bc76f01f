import { scoresOfV2 } from "./cvss/v2.ts";
import { scoresOfV3 } from "./cvss/v3.ts";
import { scoreOfV4 } from "./cvss/v4.ts";
import { readCvss, type Cvss, type CvssScores } from "./cvss/vector.ts";

/** Scores of a CVSS 2.0, 3.0, 3.1 or 4.0 vector; null for what cannot be read. */
export function cvssScores(vector: string): CvssScores | null {
  const cvss = readCvss(vector);
  const scores = cvss === null ? null : scoresOf(cvss);
  return scores === null || Object.values(scores).some(Number.isNaN) ? null : scores;
}

function scoresOf(cvss: Cvss): CvssScores {
  switch (cvss.version) {
    case "2.0":
      return scoresOfV2(cvss.metrics);
    case "3.0":
    case "3.1":
      return scoresOfV3(cvss);
    case "4.0": {
      const score = scoreOfV4(cvss.metrics);
      return { base: score, temporal: score, environmental: score };
    }
  }
}

/** How bad the flaw is wherever it lies: the base score; of a 4.0 vector its one score. */
export function cvssBaseScore(vector: string): number | null {
  return cvssScores(vector)?.base ?? null;
}

export { readCvss };
