#!/usr/bin/env bash
# Installs what journeys need that does not come from npm: Firefox, WebKit with a screen for it, and a font of Chinese letters.
# As root on Debian; elsewhere, and without a mirror, it says so and their journeys are skipped.
has() { command -v "$@" >/dev/null; }
missing=()
has firefox || has firefox-esr || missing+=(firefox-esr)
has WebKitWebDriver || missing+=(webkit2gtk-driver)
has Xvfb || missing+=(xvfb)
has fc-list && [ -n "$(fc-list :lang=zh)" ] || missing+=(fonts-noto-cjk)
[ ${#missing[@]} -eq 0 ] && exit 0
if ! has apt-get || [ "$(id -u)" -ne 0 ]; then
  echo "Not installed, which takes apt-get and root: ${missing[*]}" >&2
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
timeout 300 sh -c 'apt-get update && apt-get install -y --no-install-recommends "$@"' - "${missing[@]}" >"$log" 2>&1 ||
  { echo "Not installed: ${missing[*]}" >&2; tail -5 "$log" >&2; }
rm -f "$log"
