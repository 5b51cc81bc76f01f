#!/bin/sh
# Installs the command line of Rampart on a build machine, and fetches advisories when no Console is to decide.
# Needs git, tar, curl, and Node.js 24 or newer with npm. Running it again installs only what has changed.
#
#   RAMPART_SOURCE       git address of Rampart, such as your mirror of it
#   RAMPART_VERSION      branch or tag to take
#   RAMPART_HOME         where it goes; $HOME/.rampart-cli if unset
#   RAMPART_CONSOLE_URL  when set, no advisories are fetched: the Console has its own
#   RAMPART_INTEL_URL    tar.gz of a folder of advisory files, such as one that your mirror makes every night
#   RAMPART_INTEL_DIR    where these go, and where `rampart` looks for them
set -eu

home=${RAMPART_HOME:-$HOME/.rampart-cli}
node_needed=24
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt "$node_needed" ]; then
  echo "Rampart needs Node.js $node_needed or newer; this is $(node --version)." >&2
  exit 2
fi

# A build machine that lives on gets what has changed, and a set-up that broke off is finished.
git init --quiet "$home"
git -C "$home" fetch --quiet --depth 1 "$RAMPART_SOURCE" "$RAMPART_VERSION"
wanted=$(git -C "$home" rev-parse FETCH_HEAD)
installed=$(cat "$home/.git/installed" 2>/dev/null || true)
if [ "$installed" != "$wanted" ]; then
  git -C "$home" checkout --quiet --force --detach FETCH_HEAD
  (cd "$home" && npm ci --workspace @rampart/cli --omit=dev --no-audit --no-fund)
  echo "$wanted" > "$home/.git/installed"
fi

if [ -z "${RAMPART_CONSOLE_URL:-}" ] && [ -n "${RAMPART_INTEL_URL:-}" ]; then
  mkdir -p "$RAMPART_INTEL_DIR"
  # Not piped: a download that breaks off must stop the build, and a pipe tells only of its last command.
  curl --fail --silent --show-error --location --output "$RAMPART_INTEL_DIR.tar.gz" "$RAMPART_INTEL_URL"
  tar -xzf "$RAMPART_INTEL_DIR.tar.gz" -C "$RAMPART_INTEL_DIR"
  rm "$RAMPART_INTEL_DIR.tar.gz"
fi
