#!/usr/bin/env bash
# Writes a million rows into the audit log of a server on a database of its own, flips one bit of one of them, and prints
# what the check finds and how long it takes. Usage: docs/benchmarks/proof.sh [ROWS]
set -euo pipefail
cd "$(dirname "$0")/../.."
echo "$(nproc) cores, $(java -version 2>&1 | head -1), load $(cut -d' ' -f1 /proc/loadavg)"
./mvnw -B -ntp -pl server -am test -Dtest=MillionStoredRows -Dsurefire.failIfNoSpecifiedTests=false -Dtest.compiler=-server \
  -Dholovitals.proof.rows="${1:-1000000}" |
  sed -n 's/.*MillionStoredRows - //p'
