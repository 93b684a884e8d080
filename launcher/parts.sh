# shellcheck shell=sh disable=SC2154 # variables of the launcher, which reads this file
# How `tidepool test` runs its parts, one after the other or beside each other, and what it tells of them.

# The lines in which the runners and checkers name what failed.
complaints='^\[ERROR\] +[A-Za-z.]+Test\.|^\[ERROR\] [^ ]+:\[|^(FAILED|ERROR|failed|error)[: ]|^Would reformat|: error: |^ *(FAIL|×) |^(E  |hint:) |Fatal Python error|SIG[A-Z]+ '

# Whether part $1 was asked for; all are when none is named.
wanted() {
  case " $asked " in
    '  ' | *" $1 "*) ;;
    *) return 1 ;;
  esac
}

# Runs one part of the tests, if it was asked for: $1 its short name, $2 its name, $3 the pattern of its runner's closing
# lines, then the command.
part() {
  wanted "$1" || return 0
  short=$1
  name=$2
  pattern=$3
  shift 3
  if is_unchanged "$short"; then
    {
      printf 'same       0 s  %s: passed before, unchanged since\n' "$name"
      sed 1d "$results/$short"
    } >"$logs/$short.summary"
    return 0
  fi
  # Before it runs: what is edited meanwhile was perhaps not tested.
  state=$(state_of "$short") || state=''
  rm -f "$results/$short"
  log=$logs/test-$short.log
  printf '\n==== %s\n' "$name"
  begin=$(date +%s)
  {
    ("$@") </dev/null 2>&1
    echo $? >"$log.exit"
  } | tee "$log"
  seconds=$(($(date +%s) - begin))
  verdict=ok
  if [ "$(cat "$log.exit")" != 0 ]; then
    verdict=FAILED
    {
      printf '%s:\n' "$name"
      grep -E "$complaints" "$log" | cut -c 1-300 | head -n 12
    } >"$logs/$short.complaints"
  fi
  rm -f "$log.exit"
  closing=$(grep -E "$pattern" "$log" | sed 's/^/                /')
  # Parts that are named may do less than in a whole run.
  [ "$verdict" != ok ] || [ -n "$asked" ] || remember "$short" "$state" "$closing"
  printf '%-7s %4d s  %s\n%s' "$verdict" "$seconds" "$name" "${closing:+$closing
}" >"$logs/$short.summary"
}

# Prints the files named $1 of all parts that ran.
of_all_parts() {
  for short in $every_part; do
    [ ! -f "$logs/$short.$1" ] || cat "$logs/$short.$1"
  done
}

# Whether every part that was asked for passed, now or before.
all_passed() {
  for short in $every_part; do
    wanted "$short" || continue
    case $(cat "$logs/$short.summary" 2>/dev/null) in
      ok* | same*) ;;
      *) return 1 ;;
    esac
  done
}

# Begins the parts that start no ComfyUI, beside the others, which wait much of their time. They get what those leave of
# the processors, and what they print comes at the end.
begin_aside() {
  say "beside the parts that follow run those that start no ComfyUI; what they print comes at the end"
  rm -f "$logs/aside.done"
  {
    aside_parts
    : >"$logs/aside.done"
  } >"$logs/aside.log" 2>&1 &
  aside=$!
  renice -n 10 -p "$aside" >/dev/null 2>&1
  trap 'end_aside_early; stop_docker' EXIT
  trap 'exit 3' INT TERM HUP
}

# Waits for those parts, and prints what they did. One that was not begun is missing among those that passed.
end_aside() {
  wait "$aside"
  trap stop_docker EXIT
  cat "$logs/aside.log"
  [ -f "$logs/aside.done" ] || echo "error: the parts that ran beside the others were ended"
}

# Once it is done, its number may be that of any other process.
end_aside_early() {
  [ -f "$logs/aside.done" ] || end_process "$aside"
}

# Ends process $1, then all that it has begun.
end_process() {
  begun_by_it=$(ps -A -o pid= -o ppid= | while read -r pid parent; do [ "$parent" != "$1" ] || echo "$pid"; done)
  kill "$1" 2>/dev/null
  for process in $begun_by_it; do end_process "$process"; done
}
