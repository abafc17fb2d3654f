#!/usr/bin/env bash
# Prints how many queued analyses a second are taken and ended, by turns and by plain SKIP LOCKED, with 10,000 tasks of 100 users
# and four threads, also while an old transaction is open. Usage: docs/benchmarks/queue.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
echo "$(nproc) cores, $(java -version 2>&1 | head -1), load $(cut -d' ' -f1 /proc/loadavg)"
./mvnw -B -ntp -pl server -am test -Dtest=QueueBenchmark -Dsurefire.failIfNoSpecifiedTests=false |
  sed -n 's/.*QueueBenchmark - //p'
