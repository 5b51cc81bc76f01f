import type { PreviewProfile, ProfileView, SaveProfile } from "@rampart/alerts/contract";

/** A profile while it is typed. Labels stand as lines, because a half-typed one is not yet a label. */
export type ProfileDraft = Readonly<
  Required<Omit<SaveProfile, "id" | "where">> & {
    whereText: string;
  }
>;

export function toDraft(profile: ProfileView | null, channelId: string): ProfileDraft {
  if (profile === null) {
    return {
      name: "",
      notes: "",
      enabled: true,
      channelId,
      factTypes: ["vulnerabilities.rule-violated"],
      resourceKinds: [],
      ruleNames: [],
      severityAtLeast: "unknown",
      unlabelled: "skip",
      periodSeconds: 0,
      whereText: "",
    };
  }
  const { name, notes, enabled, factTypes, resourceKinds, ruleNames, severityAtLeast, unlabelled, periodSeconds } =
    profile;
  const whereText = Object.entries(profile.where)
    .map(([key, value]) => `${key}=${value}`)
    .join("\n");
  const { channelId: stored } = profile;
  return {
    name,
    notes,
    enabled,
    channelId: stored,
    factTypes,
    resourceKinds,
    ruleNames,
    severityAtLeast,
    unlabelled,
    periodSeconds,
    whereText,
  };
}

/** Lines of the form `name=value`; others are not labels (yet). */
export function readWhere(text: string): Record<string, string> {
  const pairs = text.split("\n").flatMap((line) => {
    const [name = "", ...value] = line.trim().split("=");
    return name === "" || value.length === 0 ? [] : [[name.trim(), value.join("=").trim()] as const];
  });
  return Object.fromEntries(pairs);
}

export function whereProblem(text: string): string | undefined {
  const wrong = text.split("\n").find((line) => line.trim() !== "" && !/^[^=]+=/.test(line.trim()));
  return wrong === undefined ? undefined : `“${wrong.trim()}” is not of the form name=value.`;
}

/** The part of a draft that decides which alerts are sent. */
export function toPreview({ name: _, notes: __, channelId: ___, whereText, ...rest }: ProfileDraft): PreviewProfile {
  return { ...rest, where: readWhere(whereText) };
}

export function toSaved({ whereText, ...rest }: ProfileDraft, id: string | undefined): SaveProfile {
  return { ...rest, where: readWhere(whereText), ...(id !== undefined && { id }) };
}
