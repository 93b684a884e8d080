# shellcheck shell=sh disable=SC2154 # variables of the launcher, which reads this file
# What the tests in containers need: a Docker engine that runs, and an image with Python to begin with.

# Where images can be fetched.
usual_base_image=python:3.12-slim-bookworm
# Made here where they cannot.
own_base_image=tidepool-base:bookworm

# Testcontainers would fetch an image that looks after its containers, and one to find the engine's address. The harness
# removes its containers itself, and speaks to the engine of this machine alone.
set_up_testcontainers() {
  TESTCONTAINERS_RYUK_DISABLED=true
  TESTCONTAINERS_CHECKS_DISABLE=true
  TESTCONTAINERS_HOST_OVERRIDE=localhost
  export TESTCONTAINERS_RYUK_DISABLED TESTCONTAINERS_CHECKS_DISABLE TESTCONTAINERS_HOST_OVERRIDE
}

engine_answers() {
  docker version --format '{{.Server.Version}}' >/dev/null 2>&1
}

# Whether this may install and start what is missing.
may_set_up() {
  [ -n "${CI:-}" ] && [ "$(id -u)" = 0 ]
}

# Names what Debian calls an engine and what makes a base image, where they are missing and can be installed; elsewhere
# start_docker and need_base_image say what to do.
missing_for_containers() {
  may_set_up || return 0
  docker_answers=''
  ! engine_answers || docker_answers=yes
  [ -n "$docker_answers" ] || command -v dockerd >/dev/null 2>&1 || echo docker.io iptables
  command -v debootstrap >/dev/null 2>&1 || { [ -n "$docker_answers" ] && has_base_image; } || echo debootstrap
}

# Starts an engine, as root where none answers, and leaves its process in $dockerd; stop_docker ends it.
start_docker() {
  set_up_testcontainers
  dockerd=''
  engine_answers && return
  if ! { may_set_up && command -v dockerd >/dev/null 2>&1; }; then
    docker_hints
    return 1
  fi
  say "starting the Docker engine"
  # In a session of its own: a Ctrl-C reaches the tests, which need it to remove their containers.
  setsid dockerd >"$logs/dockerd.log" 2>&1 </dev/null &
  dockerd=$!
  tries=120
  until engine_answers; do
    tries=$((tries - 1))
    if [ "$tries" = 0 ] || ! kill -0 "$dockerd" 2>/dev/null; then
      tail -n 5 "$logs/dockerd.log"
      echo "error: the Docker engine did not start"
      echo "hint: its log is $logs/dockerd.log"
      return 1
    fi
    sleep 0.5 2>/dev/null || sleep 1
  done
}

docker_hints() {
  echo "error: ComfyUI is to run in a container, and no Docker engine answers"
  echo "hint: Debian, Ubuntu: sudo apt install docker.io debootstrap, then sudo usermod -aG docker \$USER and log in anew"
  echo "hint: installed already: sudo systemctl start docker"
  echo "hint: as root, CI=1 ./tidepool test installs and starts one"
  echo "hint: without containers: TIDEPOOL_TEST_SERVER=process ./tidepool test, or workflow test without --container"
}

stop_docker() {
  [ -n "${dockerd:-}" ] || return 0
  # After a Ctrl-C the tests may still be removing their containers.
  tries=40
  while [ "$tries" -gt 0 ] && [ -n "$(docker ps -q --filter label=dev.tidepool.harness.owner 2>/dev/null)" ]; do
    tries=$((tries - 1))
    sleep 0.5 2>/dev/null || sleep 1
  done
  kill "$dockerd" 2>/dev/null
  wait "$dockerd" 2>/dev/null
  dockerd=''
}

has_base_image() {
  for base_image in "$own_base_image" "$usual_base_image"; do
    docker image inspect "$base_image" >/dev/null 2>&1 && return
  done
}

# Puts the name of an image with Python into $base_image: the one that is there, else the usual one, else one that is
# made of Debian's packages.
need_base_image() {
  has_base_image && return
  base_image=$usual_base_image
  if docker pull --quiet "$base_image" >"$logs/docker-pull.log" 2>&1; then return; fi
  base_image=$own_base_image
  say "$usual_base_image cannot be fetched: making an image of Debian's packages instead (once)"
  if [ "$(id -u)" != 0 ] || ! engine_answers || ! command -v debootstrap >/dev/null 2>&1; then
    cat "$logs/docker-pull.log"
    echo "error: there is no image with Python to begin with"
    echo "hint: as root, with debootstrap installed, one is made"
    return 1
  fi
  debian=$cache/debian
  rm -rf "$debian"
  debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv bookworm "$debian" >"$logs/debootstrap.log" 2>&1 || {
    tail -n 5 "$logs/debootstrap.log"
    echo "error: debootstrap could not make an image; its log is $logs/debootstrap.log"
    return 1
  }
  rm -rf "$debian"/var/cache/apt/archives/*.deb "$debian"/var/lib/apt/lists/*
  tar -C "$debian" -c . | docker import - "$base_image" >/dev/null || return 1
  rm -rf "$debian"
}
