# shellcheck shell=bash
# Docker for the tests that need PostgreSQL, on a machine that has no engine and can pull no image. To be sourced after
# lib.sh

readonly BASE_IMAGE=deskpost-test-debian
readonly POSTGRES_IMAGE=deskpost-test-postgres

# provide_postgres: makes the image be there that the tests start, see fixtures/Postgres. Takes what it finds: an engine
# that runs, an image that was built before or is named in DESKPOST_TEST_POSTGRES_IMAGE. Where there can be no Docker it
# says so, and WITHOUT_POSTGRES is why: those tests are then skipped.
provide_postgres() {
  WITHOUT_POSTGRES=
  if ! { docker_runs || start_docker; } || ! { has_postgres_image || build_postgres_image; }; then
    say "WITHOUT POSTGRESQL: $WITHOUT_POSTGRES. The tests that need it are skipped"
  fi
}

has_postgres_image() {
  [[ -n ${DESKPOST_TEST_POSTGRES_IMAGE:-} ]] || has_image "$POSTGRES_IMAGE"
}

docker_runs() {
  docker info >/dev/null 2>&1
}

has_image() {
  docker image inspect "$1" >/dev/null 2>&1
}

may_be_root() {
  ((EUID == 0)) || sudo -n true 2>/dev/null
}

start_docker() {
  if ! may_be_root; then
    WITHOUT_POSTGRES="no Docker engine answers, and only root can start one"
    return 1
  fi
  install_missing docker.io:dockerd
  # Where a service manager runs, the package has had it started
  if ! await_docker 5; then
    local log
    log=$(mktemp -t deskpost-dockerd.XXXXXX.log)
    say "Starting Docker's engine; it stays after the tests, for the next time. Its log: $log"
    as_root setsid dockerd >"$log" 2>&1 </dev/null &
    if ! await_docker 60; then
      tail -n 20 "$log" >&2
      WITHOUT_POSTGRES="Docker's engine does not start, or does not answer this user: $log"
      return 1
    fi
  fi
}

# await_docker SECONDS
await_docker() {
  local end=$((SECONDS + $1))
  until docker_runs; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

# Nothing is pulled: Debian's packages make a base, and on it PostgreSQL
build_postgres_image() {
  local root
  if ! may_be_root; then
    WITHOUT_POSTGRES="only root can make the image $POSTGRES_IMAGE; DESKPOST_TEST_POSTGRES_IMAGE may name another"
    return 1
  fi
  install_missing debootstrap:debootstrap
  if ! has_image "$BASE_IMAGE"; then
    say "Making the image $BASE_IMAGE from Debian's packages"
    root=$(mktemp -d -t deskpost-debian.XXXXXX)
    as_root debootstrap --variant=minbase bookworm "$root" >"$root.log" || die "debootstrap failed: $root.log"
    as_root tar -C "$root" --one-file-system -c . | docker import - "$BASE_IMAGE" >/dev/null
    as_root rm -rf "$root" "$root.log"
  fi
  say "Building the image $POSTGRES_IMAGE"
  # The host's network: nothing is asked of the engine's own before it is needed
  DOCKER_BUILDKIT=0 docker build -q --network host --build-arg "BASE=$BASE_IMAGE" -t "$POSTGRES_IMAGE" src/test/docker/postgres
}
