#!/usr/bin/env bash
# Prints the size of the jar, and for each JDK the time until the server is ready, the CPU time of its JVM until then and its
# heap: from the jar, unpacked, and with an archive of its classes, as the container image has it. Databases of its own,
# without Keycloak.
# Usage: docs/benchmarks/startup.sh [JAVA_HOME…]; RUNS=3; JAR=server/target/holovitals.jar
set -euo pipefail
cd "$(dirname "$0")/../.."
jar=$(realpath "${JAR:-server/target/holovitals.jar}")
runs=${RUNS:-3}
port=${PORT:-18971}
work=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
unset SPRING_DATASOURCE_URL
export HOLOVITALS_IDENTITY_ISSUER=http://127.0.0.1:1/realms/benchmark SERVER_PORT=$port

# start NAME OPTIONS…: until the first answer of the readiness probe.
start() {
  local name=$1 began
  shift
  began=$(date +%s.%N)
  "$JAVA_HOME/bin/java" "$@" serve >"$work/serve.log" 2>&1 &
  server=$!
  until curl -sf "http://127.0.0.1:$port/actuator/health/readiness" >/dev/null; do
    kill -0 "$server" || { cat "$work/serve.log"; exit 1; }
    sleep 0.1
  done
  awk -v name="$name" -v began="$began" -v now="$(date +%s.%N)" \
    '{printf "%-32s %6.1f s, CPU %6.1f s\n", name, now - began, ($14 + $15) / 100}' "/proc/$server/stat"
}

stop() {
  kill "$server"
  wait "$server" || true
  server=
}

heap() {
  "$JAVA_HOME/bin/jcmd" "$server" GC.run >/dev/null
  "$JAVA_HOME/bin/jcmd" "$server" GC.heap_info |
    sed -n 's/.*used \([0-9]*\)K.*/\1/p' | head -1 | awk '{printf "%-32s %6d MB\n", "heap after a start", $1/1024}'
}

echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
stat -c '%s' "$jar" | awk '{printf "%-32s %6d MB\n", "jar", $1/1000000}'
[ $# -gt 0 ] || set -- "${JAVA_HOME:-$(dirname "$(dirname "$(realpath "$(command -v java)")")")}"
for JAVA_HOME in "$@"; do
  export JAVA_HOME
  "$JAVA_HOME/bin/java" -version 2>&1 | head -1
  export HOLOVITALS_DATA=$work/data-$(basename "$JAVA_HOME")
  start "first start" -jar "$jar"
  stop
  server/archive.sh "$jar" "$work/app"
  for run in $(seq "$runs"); do
    start "later start, jar" -jar "$jar"
    heap
    stop
    start "later start, unpacked" -jar "$work/app/$(basename "$jar")"
    stop
    start "later start, unpacked, archive" -XX:SharedArchiveFile="$work/app/holovitals.jsa" -jar "$work/app/$(basename "$jar")"
    heap
    stop
  done
done
