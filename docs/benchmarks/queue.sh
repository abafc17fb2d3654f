#!/usr/bin/env bash
# Prints how many queued analyses a second are taken and ended, by turns and by plain SKIP LOCKED, with thousands of tasks of 100
# users and four threads, also while an old transaction is open, and how long those wait who come meanwhile.
# Usage: docs/benchmarks/queue.sh [ROUNDS] [TASKS OF A USER]
set -euo pipefail
cd "$(dirname "$0")/../.."
echo "$(nproc) cores, $(java -version 2>&1 | head -1), load $(cut -d' ' -f1 /proc/loadavg)"
./mvnw -B -ntp -pl server -am test -Dtest=QueueBenchmark -Dsurefire.failIfNoSpecifiedTests=false -Dtest.compiler=-server \
  -Dholovitals.benchmark.rounds="${1:-3}" -Dholovitals.benchmark.tasks="${2:-100}" |
  sed -n 's/.*QueueBenchmark - //p'
