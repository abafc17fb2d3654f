#!/usr/bin/env bash
# Prints the throughput of reads with their rows in the audit log and without waiting for them, and how many rows a second
# are durable by group commit and by a commit each. Usage: docs/benchmarks/audit.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
echo "$(nproc) cores, $(java -version 2>&1 | head -1), load $(cut -d' ' -f1 /proc/loadavg)"
./mvnw -B -ntp -pl server -am test -Dtest=RecordingBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Dtest.compiler=-server |
  sed -n 's/.*RecordingBenchmark - //p'
