# shellcheck shell=sh disable=SC2154 # variables of the launcher, which reads this file
# tidepool workflow test …: builds the harness when it is stale, finds a browser for it, and starts it.

harness=$root/e2e/target/tidepool-harness.jar
harness_path=$cache/harness.path

# Whether the harness is missing or older than its sources, or one of its libraries is gone.
harness_is_stale() {
  is_stale "$harness" "$root/pom.xml" "$root/e2e/pom.xml" "$root/e2e/src/main" \
    "$root/java-core/src/main/resources/dev/tidepool/python/uv.txt" && return 0
  [ -s "$harness_path" ] || return 0
  IFS= read -r libraries <"$harness_path"
  rest=$libraries:
  while [ -n "$rest" ]; do
    [ -f "${rest%%:*}" ] || return 0
    rest=${rest#*:}
  done
  return 1
}

build_harness() {
  make_room
  mkdir -p "${harness%/*}" || fail "cannot write to $root" "make the folder writable"
  take_lock "$cache/harness.lock"
  if harness_is_stale; then
    need_maven "build the harness"
    find_newest_java javac || fail "a JDK $oldest_java or newer is needed to build the harness; only a runtime was found" \
      "Debian, Ubuntu: sudo apt install openjdk-17-jdk-headless" "elsewhere: https://adoptium.net"
    stamp=$harness.$$
    : >"$stamp"
    # In a process of its own: the harness runs on the Java that the user chose.
    (
      JAVA_HOME=$newest_home build_step "building the harness (the first time fetches libraries)" harness \
        mvn -B -f "$root/pom.xml" -pl e2e -Dgates=off -Dmaven.test.skip=true -Dtidepool.harness.name="tidepool-harness.$$" \
        package dependency:build-classpath -Dmdep.includeScope=runtime -Dmdep.outputFile="$harness_path.$$"
    ) || {
      rm -f "$stamp" "$harness_path.$$"
      exit 1
    }
    # As old as the start of the build: what changed meanwhile is built next time.
    touch -r "$stamp" "${harness%/*}/tidepool-harness.$$.jar"
    mv -f "$harness_path.$$" "$harness_path" && mv -f "${harness%/*}/tidepool-harness.$$.jar" "$harness"
    rm -f "$stamp"
  fi
  drop_lock
}

test_workflows() {
  build_harness
  # shellcheck disable=SC2034 # read by make_plan
  key="$root|${JAVA_HOME:-}|${PATH:-}"
  read_plan || make_plan
  need_utf8
  find_chromium
  container_options=''
  words=" $* "
  # What follows -- is for ComfyUI.
  case ${words%% -- *}' ' in
    *' --help '* | *' -h '*) ;;
    *' --container '*)
      read_part docker
      set_up_testcontainers
      engine_answers || {
        docker_hints >&2
        exit 1
      }
      need_base_image >&2 || exit 1
      container_options=-Dtidepool.base-image=$base_image
      ;;
  esac
  out_terminal=false
  err_terminal=false
  [ -t 1 ] && out_terminal=true
  [ -t 2 ] && err_terminal=true
  IFS= read -r libraries <"$harness_path"
  # The machine's own browser is used; nothing is downloaded.
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD
  # shellcheck disable=SC2086 # options are separate words
  exec "$plan_java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xshare:auto -Djava.awt.headless=true \
    -Dtidepool.out.terminal="$out_terminal" -Dtidepool.err.terminal="$err_terminal" \
    -Dtidepool.launcher="$root/tidepool" ${chromium:+"-Dtidepool.chromium=$chromium"} $container_options ${TIDEPOOL_JAVA_OPTS:-} -cp "$harness:$libraries" \
    dev.tidepool.harness.command.Main "$@"
}
