#!/usr/bin/env bash
# What two converters make of the C-CDA documents of a folder: docs/benchmarks/second-opinion.sh FOLDER
# Needs node and npm; @medplum/ccda is installed into a folder of its own, beside which differences.txt is left.
set -eu
cd "$(dirname "$0")/../.."
folder=$(cd "$1" && pwd)
work=$(mktemp -d)
program=$PWD/server/src/test/resources/org/holovitals/server/cda/second-opinion.mjs
(cd "$work" && npm install --no-audit --no-fund --ignore-scripts --silent @medplum/ccda@5.1.10 && node "$program" "$folder" "$work/opinions" 2> /dev/null)
./mvnw -B -ntp -pl server -am test -Dtest=SecondOpinion -Dsurefire.failIfNoSpecifiedTests=false \
  -Dholovitals.ccda="$folder" -Dholovitals.opinions="$work/opinions" | sed -n 's/.*SecondOpinion - //p'
echo "Each difference: $work/opinions/differences.txt"
