#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# chroot.sh SUITE FOLDER FILES SCRIPT: runs SCRIPT as root in a minimal Debian SUITE that lives in FOLDER, made when it is missing,
# after /srv in the chroot was made the same as the folder FILES, but for build folders, which are kept. The mounts are private to this process and vanish with it; /dev is
# never mounted.
set -euo pipefail
suite=$1 folder=$2 files=$3 script=$4

[ "$(id -u)" = 0 ] || { echo "chroot: needs root" >&2; exit 1; }

# The mirror that this machine uses, so that what works here works there.
mirror=$({ grep -rhoP '^(deb\s+(\[[^]]*\]\s+)?|URIs:\s*)\K\S+/debian(?=/?(\s|$))' /etc/apt/sources.list /etc/apt/sources.list.d || true; } 2>/dev/null |
  head -n 1)

if [ ! -f "$folder/etc/chroot-complete" ]; then
  echo "Making a Debian $suite in $folder"
  rm -rf --one-file-system "$folder"
  mkdir -p "$folder"
  log=$(mktemp)
  debootstrap --variant=minbase "$suite" "$folder" "${mirror:-http://deb.debian.org/debian}" >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; rm -f "$log"; exit 1; }
  rm -f "$log"
  printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d" # No daemons start when packages are installed.
  chmod +x "$folder/usr/sbin/policy-rc.d"
  touch "$folder/etc/chroot-complete"
fi
cp /etc/resolv.conf "$folder/etc/"
for settings in /etc/apt/apt.conf.d/*proxy*; do
  [ ! -f "$settings" ] || cp "$settings" "$folder/etc/apt/apt.conf.d/"
done
# By content: what differs gets a new date, or what was built of an older version could pass for newer.
rsync -rlp --checksum --delete --exclude '/*/build-*' "$files/" "$folder/srv/"
cp "$script" "$folder/srv/script"
# shellcheck disable=SC2016
exec unshare --mount --pid --fork bash -c 'mount -t proc proc "$1/proc" && mount -t tmpfs tmpfs "$1/tmp" &&
  exec chroot "$1" env -i HOME=/root TERM=dumb LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    DEBIAN_FRONTEND=noninteractive bash /srv/script' chroot "$folder"
