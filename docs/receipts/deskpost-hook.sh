#!/bin/sh
# Hands what a coding agent's hook says on to Deskpost. README.md beside this file says how to set it up.
#
#   deskpost-hook.sh AGENT [RECIPIENT] [EVENT]     as the command of a hook
#   deskpost-hook.sh check [RECIPIENT]             says whether the set-up works
#
# AGENT      claude-code, cursor, codex, gemini-cli or plain: what has to be printed for it
# RECIPIENT  who the agent is to Deskpost. Without it DESKPOST_RECIPIENT counts; with neither nothing is sent
# EVENT      the event as JSON, for programs that give it as their last argument; otherwise it comes on standard input
#
# DESKPOST_URL         where Deskpost answers; by default http://127.0.0.1:8080
# DESKPOST_TOKEN_FILE  holds its token; by default the file token in DESKPOST_HOME, which is by default ~/.deskpost
# DESKPOST_HOOK_WAIT   if set, ends only when Deskpost has answered, so that one event cannot overtake another
#
# A hook must never disturb its agent. So this prints only what the agent wants to read, ends with 0 whatever happens
# (2 would refuse the person's prompt), and neither waits for Deskpost nor complains when it is away.

trap 'exit 0' EXIT
trap '' PIPE

# Which of the arguments after AGENT is the recipient, and which the event
agent=${1:-}
recipient=${DESKPOST_RECIPIENT:-}
event=
case ${2:-} in
  '') ;;
  '{'*) event=$2 ;;
  *) recipient=$2 ;;
esac
case ${3:-} in '{'*) event=$3 ;; esac

url=${DESKPOST_URL:-http://127.0.0.1:8080}
home=${DESKPOST_HOME:-'~/.deskpost'}
# As Deskpost itself reads it
# shellcheck disable=SC2088 # The character is meant, not the directory
case $home in '~' | '~/'*) home=${HOME:-}${home#'~'} ;; esac
token_file=${DESKPOST_TOKEN_FILE:-$home/token}
token=

# Whether there is all that a request needs. Nothing that could mean more than itself gets into an address or a header
is_set_up() {
  command -v curl >/dev/null 2>&1 || return 1
  case $recipient in '' | [!A-Za-z0-9]* | *[!A-Za-z0-9._-]*) return 1 ;; esac
  { read -r token <"$token_file"; } 2>/dev/null
  case $token in '' | *[!A-Za-z0-9._~+/=-]*) return 1 ;; esac
}

# The token goes through a file descriptor: everybody on the machine can read the arguments of a process
call() { # PATH CURL-ARGUMENT...
  path=$1
  shift
  "$@" --silent --globoff --noproxy '*' --connect-timeout 1 --max-time 2 --output /dev/null \
    --header @/dev/fd/4 --header 'Content-Type: application/json' --header 'Expect:' \
    "${url%/}/api/v1/recipients/$recipient$path" 4<<END_OF_HEADERS
Authorization: Bearer $token
END_OF_HEADERS
}

# Sends what comes on standard input, byte for byte; reads it to its end even if it cannot be sent, because an agent may
# take a pipe that nobody reads for an error of its prompt
send() {
  call /hooks ${detach:+"$detach"} curl --disable --data-binary @- || cat
}

check() {
  command -v curl >/dev/null 2>&1 || { echo 'curl is not installed.' && return; }
  [ -r "$token_file" ] || { echo "The token file cannot be read: $token_file" && return; }
  is_set_up || { echo "No recipient ($recipient) or no token ($token_file) of the right form." && return; }
  status=$(call '' curl --disable --write-out '%{http_code}')
  case $status in
    200) ;;
    000) echo "Nothing answers at $url within 2 s." && return ;;
    401) echo "401: the token in $token_file is not the one of the Deskpost at $url." && return ;;
    404) echo "404: Deskpost knows no recipient $recipient." && return ;;
    *) echo "$status for the recipient $recipient at $url." && return ;;
  esac
  status=$(echo '{"event":"check"}' | call /hooks curl --disable --data-binary @- --write-out '%{http_code}')
  case $status in
    2*) echo "$status: Deskpost at $url takes hooks of $recipient." ;;
    *) echo "$status for a hook of $recipient at $url." ;;
  esac
}

if [ "$agent" = check ]; then
  check
  exit 0
fi

# Cursor waits for leave to go on; Gemini CLI wants JSON; Claude Code and Codex would give any word to the model
case $agent in
  cursor) echo '{"continue":true}' ;;
  gemini-cli) echo '{}' ;;
esac 2>/dev/null
# For good: what goes on in the background must keep nothing open that the agent reads to its end
exec >/dev/null 2>&1

input() {
  if [ -n "$event" ]; then
    printf '%s' "$event"
  else
    cat
  fi
}

if ! is_set_up; then
  input
elif [ -n "${DESKPOST_HOOK_WAIT:-}" ]; then
  input | send
else
  # A session of its own, where that can be had: agents may end all of a hook's processes with it
  detach=$(command -v setsid 2>/dev/null)
  # By way of descriptor 3: what runs in the background has no standard input of its own
  input | { send <&3 & } 3<&0
fi
