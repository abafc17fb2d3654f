#!/usr/bin/env bash
# Prints what a clinician's reads, searches and writes cost with all of the access control, and without parts of it.
# Usage: docs/benchmarks/access.sh [SECONDS OF A ROUND]
set -euo pipefail
cd "$(dirname "$0")/../.."
echo "$(nproc) cores, $(java -version 2>&1 | head -1), load $(cut -d' ' -f1 /proc/loadavg)"
./mvnw -B -ntp -pl server -am test -Dtest=AccessBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Dtest.compiler=-server \
  -Dholovitals.benchmark.seconds="${1:-8}" |
  sed -n 's/.*AccessBenchmark - //p'
