import type { HelpPage } from "@rampart/ui/help-panel";

export const inventoryHelp: Readonly<Record<string, HelpPage>> = {
  "/inventory/images": {
    title: "Images",
    shows: "Every image that some host of the project holds, used or not, with its size, distribution and where it is.",
    numbers: [
      ["Packages", "Packages of the distribution and of languages found in its layers."],
      ["Hosts", "Hosts that hold the image now."],
    ],
    first: [
      "Filter by distribution:unsupported to find what nobody can judge.",
      "Filter by label.name=value to find a team’s images.",
    ],
    api: ["GET /api/v1/images"],
  },
  "/inventory/containers": {
    title: "Containers",
    shows: "Every container that an engine on a host knows, running or not. A new one appears within seconds.",
    numbers: [["Findings of its image", "A container has the flaws of the image it was made from."]],
    first: ["Filter by state:running.", "Look for privileged containers and for those that run as root."],
    api: ["GET /api/v1/containers"],
  },
  "/inventory/hosts": {
    title: "Hosts",
    shows: "Every machine with a Defender: distribution, kernel, engine and what runs on it.",
    numbers: [["Last seen", "When the Defender on the host last reported something."]],
    first: [
      "Sort by “Last seen” to find hosts that have gone quiet.",
      "Enrol a Defender on each host that is missing.",
    ],
    api: ["GET /api/v1/hosts"],
  },
};
