# SPDX-License-Identifier: GPL-3.0-or-later
# In the chroot: a machine that has nothing installs the package in /srv, and both programs run from their installed places.
set -euo pipefail
cd /srv
apt-get -qq update
apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends ./headroom.deb >/dev/null
headroom --version
headroom-cli compare task-api.headroom
headroom-cli chart task-api.headroom --view compare -o chart.png
apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends xvfb xauth xdotool dbus dbus-daemon at-spi2-core >/dev/null
xvfb-run -a dbus-run-session -- bash -c '
  headroom task-api.headroom 2>log & program=$!
  timeout 60 xdotool search --sync --onlyvisible --name "Task API fine-tune" >window
  kill $program'
[ -s window ] || { echo "no window came up" >&2; cat log >&2; exit 1; }
if grep -iE 'critical|error' log; then exit 1; fi
apt-get -qq -y purge headroom >/dev/null
[ ! -e /usr/bin/headroom ] || { echo "the program stayed" >&2; exit 1; }
echo "The package installs, runs and goes."
