"""Starts a run in a room and prints it as it grows, each word once, through cuts of the network and restarts of the hub:
    python3 client-demo/python/run.py "Write a story about a robot that paints"
SWARMS_HUB_URL is the hub's address. SWARMS_HUB_INVITE (a code), or SWARMS_HUB_ROOM with SWARMS_HUB_TOKEN, is a room to join."""
import http.client, json, os, random, sys, time, urllib.error, urllib.request

hub, me = os.environ.get("SWARMS_HUB_URL", "http://localhost:5080").rstrip("/"), f"Guest {os.getpid()}"
invite, room, token = (os.environ.get(f"SWARMS_HUB_{name}") for name in ("INVITE", "ROOM", "TOKEN"))
task = sys.argv[1] if len(sys.argv) > 1 else "Write a story about a robot that paints"


def call(path, body=None, **headers):
    headers |= {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(hub + path, body and json.dumps(body).encode(), headers)
    return urllib.request.urlopen(request, timeout=30)  # The feed has a ping every 15 seconds.


def events():
    cursor = ""
    while True:
        try:
            with call(f"/api/rooms/{room}/events", **{"Accept": "text/event-stream", "Last-Event-ID": cursor}) as feed:
                event = {}
                for line in feed:
                    name, _, value = line.decode().rstrip("\n").partition(": ")
                    event[name] = value
                    if line == b"\n":  # An empty line ends an event. The hub sends one that a cut has halved again.
                        cursor = event.get("id", cursor)
                        yield event["event"], json.loads(event["data"])
                        event = {}
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, urllib.error.HTTPError) and error.code < 500:
                raise
        time.sleep(random.uniform(0.2, 2))


try:
    if not token:
        entered = json.load(call("/api/join", {"code": invite, "name": me}) if invite else call("/api/rooms", {"name": "Story night"}))
        room, token = entered["room"]["id"], entered["token"]
        invite = invite or json.load(call(f"/api/rooms/{room}/invites", {"role": "participant"}))["code"]
        print(f"Others join with SWARMS_HUB_INVITE={invite}", file=sys.stderr)
    body = {"request": {"agent_config": {"agent_name": "Writer"}, "task": task}}
    run, printed = json.load(call(f"/api/rooms/{room}/runs", body))["run"]["id"], 0
    for kind, data in events():
        if kind == "snapshot":  # It leaves out the text of a very long run that has ended. The hub keeps it.
            known = next((known for known in data["runs"] if known["id"] == run and "text" in known), None)
            now = known or json.load(call(f"/api/rooms/{room}/runs/{run}"))
            kind, text = now["state"], now["text"][printed:]
        elif data.get("run") == run:
            text = data["data"].get("content", "") if kind == "chunk" else ""
        else:
            continue
        print(text, end="", flush=True)
        printed += len(text)
        if kind in ("done", "error", "cancelled", "interrupted"):
            sys.exit(print(f"\n{kind}", file=sys.stderr))
except urllib.error.HTTPError as refusal:
    sys.exit(json.load(refusal)["detail"])
except OSError as error:
    sys.exit(f"The hub at {hub} cannot be reached: {error}")
