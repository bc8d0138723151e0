#!/bin/sh
# Finds the programs that the tests take from the machine; installs them with apt where that is allowed.
set -eu

chromium=${CHROMIUM:-/usr/bin/chromium}

missing() {
    [ -x "$chromium" ] || printf 'chromium '
    command -v strace >/dev/null || printf 'strace '
    command -v redis-server >/dev/null || printf 'redis-server '
    ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || printf 'postgresql '
}

packages=$(missing)
if [ -z "$packages" ]; then exit 0; fi

sudo=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo="sudo -n"; else sudo="no"; fi
fi
if [ "$sudo" != "no" ] && command -v apt-get >/dev/null; then
    $sudo apt-get update -qq
    # shellcheck disable=SC2086 # one word for each package
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi

packages=$(missing)
if [ -n "$packages" ]; then
    echo "The tests need: apt-get install $packages(another Chromium can be named with CHROMIUM=/path/to/chromium)" >&2
    exit 1
fi
