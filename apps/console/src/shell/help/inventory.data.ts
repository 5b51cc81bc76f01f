import type { HelpPage } from "@rampart/ui/help-panel";

const changed =
  "Defenders compare running containers with their images every few minutes, where the engine keeps what they write in a folder (overlay). “Not all could be read” means that more may have changed.";

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
    numbers: [
      ["Findings of its image", "A container has the flaws of the image it was made from."],
      ["Changed since its start", changed],
    ],
    first: [
      "Filter by state:running.",
      "Filter by changed:yes: what is installed into a running container is gone with it, and nobody has reviewed it.",
      "Look for privileged containers and for those that run as root.",
    ],
    api: ["GET /api/v1/containers?changed=true"],
  },
  "/inventory/containers/[id]": {
    title: "Container",
    shows: "How a container differs from its image: packages that were installed, replaced or removed, and keys.",
    numbers: [
      ["Changed since its start", changed],
      [
        "Findings",
        "What the advisories and the policy for images say of the packages that were added, when you look. They are not among the findings of its image, and no alert is sent.",
      ],
      ["Secrets", "Keys and logins that were written after the start; where they lie, never what they are."],
    ],
    first: [
      "Ask who has installed it, and put it into the image.",
      "Start the container anew from its image if nobody knows.",
    ],
    api: ["GET /api/v1/containers?id=…"],
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
