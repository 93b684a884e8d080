# shellcheck shell=sh disable=SC2154 # variables of the launcher, which reads this file
# What is known of earlier runs of the tests: a part that passed need not run again until something changes that it tests,
# or tests with. Parts that set something up for others always run.

# Names the files and folders that part $1 depends on; nothing for a part that always runs.
files_of() {
  core='pom.xml .mvn java-core'
  case $1 in
    shell) echo tidepool launcher .ci ;;
    java | java-oldest) echo "$core docs/reference" ;;
    launcher) echo "tidepool launcher .ci $core e2e" ;;
    bridge) echo "$core ruff.toml python-bridge bench docs/images e2e" ;;
    models) echo "$core ruff.toml tidepool launcher" ;;
    page) echo web-extension comfy-node ;;
    environments | nodes | journey) echo "$core tidepool launcher python-bridge comfy-node web-extension LICENSE" ;;
    browser | sample | versions)
      echo "$core tidepool launcher python-bridge comfy-node web-extension LICENSE e2e docs/examples docs/guides docs/reference"
      ;;
  esac
}

# The tools of this machine that decide how tests end.
tools_here() {
  uname -srm
  printf '%s\n' "$newest_home" "$oldest_home" "${TIDEPOOL_TEST_SERVER:-container}"
  for java in "$newest_home" "$oldest_home"; do "$java/bin/java" -version; done
  for tool in python3 /usr/bin/python3 node git mvn gcc; do "$tool" --version; done
  ls -d "$HOME"/.pyenv/versions/* /usr/bin/python3.* /usr/lib/jvm/*
  find_chromium && "$chromium" --version
  id -u
}

# Gives a text that changes whenever something does that part $1 depends on; fails where that cannot be told.
state_of() {
  wanted_files=$(files_of "$1")
  [ -n "$wanted_files" ] || return 1
  # shellcheck disable=SC2086 # separate words
  listed=$(cd "$root" && git ls-files -co --exclude-standard -- $wanted_files) 2>/dev/null || return 1
  # shellcheck disable=SC2086 # separate words
  modes=$(cd "$root" && find $wanted_files -type f -perm -u+x ! -path '*/target/*' ! -path '*/node_modules/*' 2>/dev/null | LC_ALL=C sort)
  contents=$(cd "$root" && printf '%s\n' "$listed" | git hash-object --stdin-paths 2>/dev/null) || return 1
  printf '%s\n' "$1" "$listed" "$modes" "$contents" "$tools" | git hash-object --stdin
}

begin_results() {
  unchanged=''
  results=$root/.tidepool/results
  mkdir -p "$results"
  tools=$(tools_here 2>&1)
}

# Decides which parts are unchanged, into $unchanged.
find_unchanged() {
  for name in $every_part; do
    if state=$(state_of "$name") && [ "$(head -n 1 "$results/$name" 2>/dev/null)" = "$state" ]; then
      unchanged="$unchanged $name"
    fi
  done
}

is_unchanged() {
  case " $unchanged " in *" $1 "*) ;; *) return 1 ;; esac
}

# Remembers that part $1 passed in state $2, with its closing lines $3.
remember() {
  [ -n "$2" ] || return 0
  { printf '%s\n' "$2" && printf '%s\n' "$3"; } >"$results/$1.new" && mv -f "$results/$1.new" "$results/$1"
}
