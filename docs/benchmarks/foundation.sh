#!/usr/bin/env bash
# Prints boot times, import rates, CPU seconds, heap and table sizes of the server jar, on databases of its own.
# Usage: docs/benchmarks/foundation.sh FHIR_FILES… ; the jar is server/target/holovitals.jar
set -euo pipefail
cd "$(dirname "$0")/../.."
jar=$PWD/server/target/holovitals.jar
runs=${RUNS:-3}
port=${PORT:-18970}
work=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null; wait; rm -rf "$work"' EXIT
unset SPRING_DATASOURCE_URL
TIMEFORMAT='import command: %R s, CPU of its JVM %U s user and %S s system'

start() {
  local began=$(date +%s.%N)
  SERVER_PORT=$port java -jar "$jar" serve >"$work/serve.log" 2>&1 &
  server=$!
  until curl -sf "http://127.0.0.1:$port/actuator/health/readiness" >/dev/null; do
    kill -0 "$server" || { cat "$work/serve.log"; exit 1; }
    sleep 0.1
  done
  awk -v name="$1" -v began="$began" -v now="$(date +%s.%N)" 'BEGIN {printf "%-28s %6.1f s\n", name, now - began}'
}

stop() {
  kill "$server"
  wait "$server" || true
  server=
}

echo "$(nproc) cores, $(java -version 2>&1 | head -1), load $(cut -d' ' -f1 /proc/loadavg)"
for run in $(seq "$runs"); do
  export HOLOVITALS_DATA=$work/data$run
  start "first start"
  stop
  start "later start"
  jcmd "$server" GC.run >/dev/null
  jcmd "$server" GC.heap_info | sed -n 's/.*used \([0-9]*\)K.*/\1/p' | head -1 | awk '{printf "%-28s %6d MB\n", "heap after start", $1/1024}'
  stop
  time java -jar "$jar" import "$@" | tail -1
done
start "start with the records"
sleep 12
curl -s "http://127.0.0.1:$port/actuator/prometheus" | sed -n 's/^holovitals_table_rows{table="\(.*\)"} \(.*\)/\2 \1/p' |
  awk '$1 > 0 {printf "%8d  %s\n", $1, $2}' | sort -k2
stop
