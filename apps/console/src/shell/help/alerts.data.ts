import type { HelpPage } from "@rampart/ui/help-panel";

export const alertsHelp: Readonly<Record<string, HelpPage>> = {
  "/alerts/profiles": {
    title: "Profiles",
    shows: "Which alerts go to which channel. Every profile that fits an alert sends it once.",
    numbers: [["Deliveries in 30 days", "Alerts that the profile handed to its channel."]],
    first: ["Add a channel, then a profile that sends to it.", "Give teams their own profiles by label."],
    api: ["GET /api/v1/alert-profiles"],
  },
  "/alerts/profiles/[id]": {
    title: "One profile",
    shows:
      "The conditions of a profile at the left, and at the right which of the last alerts it would have sent, and why.",
    numbers: [["Would have sent", "Looks back at the last 100 alerts, with the code that routes for real."]],
    first: ["Choose what is sent and from which severity.", "Name labels to send only what belongs to a team."],
    api: ["GET /api/v1/alert-profiles"],
  },
  "/alerts/channels": {
    title: "Channels",
    shows: "The places that hear about alerts, whether they can be reached, and what waits for them.",
    numbers: [
      ["Waiting", "Alerts that are kept until the channel takes them."],
      ["Given up", "Alerts that could not be delivered within a day. They can be sent anew."],
    ],
    first: ["Add the syslog input of your SIEM.", "Press Test before saving: it shows each step with its answer."],
    api: ["GET /api/v1/alert-profiles"],
  },
  "/alerts/channels/[id]": {
    title: "One channel",
    shows: "Where the channel sends, how, and how it goes. Messages follow RFC 5424.",
    numbers: [
      ["Failing since", "Nothing has been taken since then; each alert is tried again with growing pauses, for a day."],
    ],
    first: [
      "Prefer TLS, and give the authority that signed the receiver’s certificate.",
      "Press Test: it sends one message with the settings of the form.",
    ],
  },
  "/alerts/labels": {
    title: "Alert labels",
    shows: "Names of labels whose values are copied from a resource onto each alert about it, in this order.",
    numbers: [
      [
        "On so many alerts",
        "How many of the last alerts carried the label. None at all often means that the name is misspelt.",
      ],
    ],
    first: ["Name the label that says which team owns a resource.", "Use it in profiles to send alerts to that team."],
    api: ["GET /api/v1/settings/custom-labels"],
  },
  "/alerts/deliveries": {
    title: "Deliveries",
    shows: "Each alert on its way to a channel: why it is sent, how often it was tried, and how long it took.",
    numbers: [["Took", "From the moment of the fact to the moment at which the receiver had it."]],
    first: [
      "Filter by state:given-up and send those anew once the channel works.",
      "Open the preview to see why a profile sent an alert.",
    ],
  },
};
