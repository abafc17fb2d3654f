#!/usr/bin/env bash
# Unpacks the server's jar into a directory and writes an archive of its classes as the JVM keeps them in memory, with
# which it starts faster. Usage: server/archive.sh JAR DIRECTORY; then java -XX:SharedArchiveFile=DIRECTORY/holovitals.jsa
# -jar DIRECTORY/holovitals.jar serve. The archive is good for the very JVM that made it; another one ignores it.
set -euo pipefail
jar=$1
app=$2
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null || true; wait; rm -rf "$work"' EXIT
unset SPRING_DATASOURCE_URL
app_jar=$app/$(basename "$jar")
"$java" -Djarmode=tools -jar "$jar" extract --destination "$app" --force >/dev/null
# A start on a database of its own, without Keycloak, and the first answers: whatever is loaded by then is in the archive.
HOLOVITALS_DATA=$work/data HOLOVITALS_IDENTITY_ISSUER=http://127.0.0.1:1/realms/training SERVER_PORT=0 \
  "$java" -Duser.home="$work" -XX:ArchiveClassesAtExit="$app/holovitals.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off \
  -jar "$app_jar" serve >"$work/log" 2>&1 &
server=$!
port=
until [ -n "$port" ]; do
  kill -0 "$server" 2>/dev/null || { cat "$work/log"; exit 1; }
  sleep 0.2
  port=$(sed -n 's#.*FHIR R4 *http://127.0.0.1:\([0-9]*\)/fhir.*#\1#p' "$work/log")
done
for path in /fhir/metadata /actuator/health/readiness /fhir/Patient; do
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET %s HTTP/1.0\r\n\r\n' "$path" >&3
  cat <&3 >/dev/null
  exec 3>&-
done
kill "$server"
wait "$server" || true
server=
[ -s "$app/holovitals.jsa" ] || { cat "$work/log"; exit 1; }
