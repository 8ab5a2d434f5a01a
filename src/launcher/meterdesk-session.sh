#!/bin/sh
# An operator's session, for ForceCommand and sudoers: meterdesk-session --db FILE [--exports FOLDER]
#
# Starts the program confined, with a clean environment; and when the program was killed, gives
# the terminal back as it was, which a killed program cannot.
set -u
PATH=/usr/bin:/bin
export PATH
umask 077
ulimit -c 0

here=$(CDPATH='' cd -P -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd -P) || exit 1
node=$here/../node_modules/node/bin/node
[ -x "$node" ] || node=$(PATH=/usr/local/bin:/usr/bin:/bin command -v node) || {
  echo 'meterdesk-session: no node found' >&2
  exit 1
}

set -- "$node" "$here/meterdesk.cjs" --confined "$@"
for name in TERM COLORTERM COLORFGBG NO_COLOR LANG LC_ALL LC_CTYPE LC_TIME LC_NUMERIC LC_MESSAGES \
  SSH_CONNECTION SSH_TTY SUDO_USER SUDO_UID; do
  eval "value=\${$name-}"
  [ -z "$value" ] || set -- "$name=$value" "$@"
done

# In the background, so that signals reach this shell at once and are handed on; such a command
# has no standard input unless it is given one.
exec 3<&0
env -i "$@" <&3 3<&- &
session=$!
trap 'kill -HUP "$session" 2>/dev/null' HUP
trap 'kill -INT "$session" 2>/dev/null' INT
trap 'kill -TERM "$session" 2>/dev/null' TERM
trap '' TSTP QUIT
# A signal ends the waiting; only when the session is gone is its code known.
while :; do
  wait "$session"
  code=$?
  kill -0 "$session" 2>/dev/null || break
done

case $code in
  129 | 130 | 143) ;;
  13[0-9] | 14[0-9] | 15[0-9])
    # Links, colours, synchronised output, scroll region, wrap, paste, mouse, focus, cursor, alternate screen.
    if [ -t 1 ]; then
      stty sane 2>/dev/null
      printf '\033]8;;\033\\\033[m\033[?2026l\033[r\033[?7h\033[?2004l\033[?1000;1006;1004l\033[?25h\033[?1049l\r\n'
      echo 'meterdesk was ended from outside. What was saved is saved.'
    fi
    ;;
esac
exit "$code"
