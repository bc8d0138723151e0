#!/bin/sh
# Finds the programs that the tests take from the machine; installs them with apt where that is allowed.
set -eu

chromium=${CHROMIUM:-/usr/bin/chromium}
if [ -x "$chromium" ]; then exit 0; fi

sudo=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo="sudo -n"; else sudo="no"; fi
fi
if [ "$sudo" != "no" ] && command -v apt-get >/dev/null; then
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
if [ ! -x "$chromium" ]; then
    echo "The tests need Chromium: apt-get install chromium (or name another with CHROMIUM=/path/to/chromium)" >&2
    exit 1
fi
