#!/bin/sh
# Installs the command line of Rampart on a build machine, and fetches advisories when no Console is to decide.
# Needs git, tar, curl and Node.js with npm. Running it again on the same machine costs nothing.
#
#   RAMPART_SOURCE       git address of Rampart, such as your mirror of it
#   RAMPART_VERSION      branch or tag to take
#   RAMPART_HOME         where it goes; $HOME/.rampart-cli if unset
#   RAMPART_CONSOLE_URL  when set, no advisories are fetched: the Console has its own
#   RAMPART_INTEL_URL    tar.gz of a folder of advisory files, such as one that your mirror makes every night
#   RAMPART_INTEL_DIR    where these go, and where `rampart` looks for them
set -eu

home=${RAMPART_HOME:-$HOME/.rampart-cli}
if [ ! -x "$home/node_modules/.bin/rampart" ]; then
  rm -rf "$home"
  git clone --quiet --depth 1 --branch "$RAMPART_VERSION" "$RAMPART_SOURCE" "$home"
  (cd "$home" && npm ci --workspace @rampart/cli --omit=dev --no-audit --no-fund)
fi

if [ -z "${RAMPART_CONSOLE_URL:-}" ] && [ -n "${RAMPART_INTEL_URL:-}" ]; then
  mkdir -p "$RAMPART_INTEL_DIR"
  # Not piped: a download that breaks off must stop the build, and a pipe tells only of its last command.
  curl --fail --silent --show-error --location --output "$RAMPART_INTEL_DIR.tar.gz" "$RAMPART_INTEL_URL"
  tar -xzf "$RAMPART_INTEL_DIR.tar.gz" -C "$RAMPART_INTEL_DIR"
  rm "$RAMPART_INTEL_DIR.tar.gz"
fi
