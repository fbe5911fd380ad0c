#!/bin/sh
# Starts a run in a new room with curl alone, and prints the room's events as they come, until Ctrl+C:
#   sh client-demo/curl/run.sh
# SWARMS_HUB_URL is the hub's address.
set -eu
HUB=${SWARMS_HUB_URL:-http://localhost:5080}
CREATED=$(curl -fsS "$HUB/api/rooms" --json '{"name":"Story night"}')
ROOM=$(printf '%s\n' "$CREATED" | sed 's/.*"room":{"id":"\([^"]*\)".*/\1/')
TOKEN=$(printf '%s\n' "$CREATED" | sed 's/.*"token":"\([^"]*\)".*/\1/')
echo "HUB=$HUB ROOM=$ROOM TOKEN=$TOKEN" >&2

curl -fsS "$HUB/api/rooms/$ROOM/runs" -H "Authorization: Bearer $TOKEN" \
  --json '{"kind":"agent","request":{"agent_config":{"agent_name":"Writer"},"task":"Write a story about a robot that paints"}}'
echo
curl -fsSN "$HUB/api/rooms/$ROOM/events" -H "Authorization: Bearer $TOKEN" -H 'Accept: text/event-stream'
