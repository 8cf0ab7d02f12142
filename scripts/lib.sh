# shellcheck shell=bash
# What the scripts here share. To be sourced, after: set -euo pipefail

say() {
  printf '\n==> %s\n' "$*"
}

die() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# missing PART...: prints the Debian packages that are not there. A PART is PACKAGE:PROGRAM, there when the program is,
# whoever installed it; or just PACKAGE, for libraries and fonts.
missing() {
  local part
  for part; do
    if [[ $part == *:* ]]; then
      command -v "${part#*:}" >/dev/null || echo "${part%%:*}"
    elif command -v dpkg-query >/dev/null; then
      [[ $(dpkg-query -W -f '${db:Status-Status}' "$part" 2>/dev/null) == installed ]] || echo "$part"
    fi
  done
}

# as_root COMMAND...: without ever asking for a password.
as_root() {
  if ((EUID == 0)); then
    DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo -n DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

# install_missing PART...: see missing. Where it may not install, it says what to type, and ends.
install_missing() {
  local packages
  mapfile -t packages < <(missing "$@")
  if ((${#packages[@]} == 0)); then
    return
  fi
  command -v apt-get >/dev/null || die "Please install what Debian calls: ${packages[*]}"
  if ((EUID != 0)) && ! sudo -n true 2>/dev/null; then
    die "Please type:  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}"
  fi
  say "Installing ${packages[*]}"
  local install=(apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "${packages[@]}")
  # A new machine has no package lists; old ones name versions that the server has no more
  if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null || ! as_root "${install[@]}"; then
    as_root apt-get update -q -o DPkg::Lock::Timeout=300
    as_root "${install[@]}"
  fi
}

# install_tools PART...: the same for packages that bring a server along with the program that is wanted. The server is not
# started, neither now nor when the machine starts again; one that was installed before is left alone.
install_tools() {
  local packages
  mapfile -t packages < <(missing "$@")
  if ((${#packages[@]} == 0)); then
    return
  fi
  if ((EUID != 0)) && ! sudo -n true 2>/dev/null; then
    install_missing "$@"
  fi
  (
    # What Debian's packages ask before they start anything; containers often have one that says no
    policy=/usr/sbin/policy-rc.d
    if [[ ! -e $policy ]]; then
      trap 'as_root rm -f "$policy"' EXIT
      as_root install -m 755 /dev/stdin "$policy" <<<$'#!/bin/sh\nexit 101'
    fi
    install_missing "$@"
    for service in "${packages[@]}"; do
      if command -v systemctl >/dev/null; then
        as_root systemctl -q disable "$service.service"
      else
        as_root update-rc.d "$service" disable
      fi
    done
  )
}

# require_jdk: sets JAVA to the java that ./mvnw takes, too, and JAVA_PARTS to what its windows stand on.
require_jdk() {
  local facts version home
  JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
  facts=$("$JAVA" -XshowSettings:properties -version 2>&1) || facts=
  version=$(sed -n 's/^ *java.specification.version = //p' <<<"$facts")
  home=$(sed -n 's/^ *java.home = //p' <<<"$facts")
  if [[ -z $version ]] || ((${version%%.*} < 17)) || [[ ! -x $home/bin/javac ]]; then
    die "Please install a JDK, 17 or newer, and put it on PATH or into JAVA_HOME. Found: ${home:-nothing}
On Debian and Ubuntu:  sudo apt-get install openjdk-17-jdk   (or openjdk-21-jdk, where there is no 17)"
  fi
  # A JDK that did not come from Debian does not bring these
  JAVA_PARTS=(libxext6 libxi6 libxrender1 libxtst6 libfontconfig1 fonts-dejavu-core)
  if [[ ! -e $home/lib/libawt_xawt.so ]]; then
    [[ $home == /usr/lib/jvm/* ]] || die "This JDK has no graphics: $home. Please take a complete one"
    JAVA_PARTS+=("openjdk-$version-jre")
  fi
}
