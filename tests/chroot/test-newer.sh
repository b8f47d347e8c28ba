# SPDX-License-Identifier: GPL-3.0-or-later
# In the chroot: every test of the checkout in /srv/headroom, with the packages of this Debian.
set -euo pipefail
cd /srv/headroom
./dev test
dpkg-query -W -f '${Package} ${Version}\n' libgtk-4-1 libadwaita-1-0 libglib2.0-0t64
