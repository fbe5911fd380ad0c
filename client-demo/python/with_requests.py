"""Starts a run in a room with requests, and prints it as it grows, each word once, through cuts of the network and restarts of the hub:
    python3 client-demo/python/with_requests.py "Write a story about a robot that paints" story.md    # the file gets the room's transcript
SWARMS_HUB_URL is the hub's address. SWARMS_HUB_INVITE (a code), or SWARMS_HUB_ROOM with SWARMS_HUB_TOKEN, is a room to join."""
import json, os, pathlib, random, sys, time
import requests

hub, me = os.environ.get("SWARMS_HUB_URL", "http://localhost:5080").rstrip("/"), f"Guest {os.getpid()}"
invite, room, token = (os.environ.get(f"SWARMS_HUB_{name}") for name in ("INVITE", "ROOM", "TOKEN"))
task = sys.argv[1] if len(sys.argv) > 1 else "Write a story about a robot that paints"


def call(method, path, body=None, stream=False, **headers):
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.request(method, hub + path, json=body, headers=headers, stream=stream, timeout=30)
    answer.raise_for_status()
    return answer


def events():
    cursor = ""
    while True:
        event = {}
        try:
            with call("GET", f"/api/rooms/{room}/events", None, True, **{"Accept": "text/event-stream", "Last-Event-ID": cursor}) as feed:
                for line in feed.iter_lines():
                    event |= [line.decode().partition(": ")[::2]]
                    if not line:  # An empty line ends an event. The hub sends one that a cut has halved again.
                        cursor = event.get("id", cursor)
                        yield event["event"], json.loads(event["data"])
                        event = {}
        except requests.RequestException as error:
            if error.response is not None and error.response.status_code < 500:
                raise
        time.sleep(random.uniform(0.2, 2))


try:
    if not token:
        way = ("/api/join", {"code": invite, "name": me}) if invite else ("/api/rooms", {"name": "Story night"})
        entered = call("POST", *way).json()
        room, token = entered["room"]["id"], entered["token"]
        invite = invite or call("POST", f"/api/rooms/{room}/invites", {"role": "participant"}).json()["code"]
        print(f"Others join with SWARMS_HUB_INVITE={invite}", file=sys.stderr)
    request, printed = {"agent_config": {"agent_name": "Writer"}, "task": task}, 0
    run = call("POST", f"/api/rooms/{room}/runs", {"request": request}).json()["run"]["id"]
    for kind, data in events():
        text = data["data"].get("content", "") if kind == "chunk" and data["run"] == run else ""
        if kind == "snapshot":  # It leaves out the text of a very long run that has ended. The hub keeps it.
            held = [known for known in data["runs"] if known["id"] == run and "text" in known]
            now = held[0] if held else call("GET", f"/api/rooms/{room}/runs/{run}").json()
            kind, text, data = now["state"], now["text"][printed:], {"run": run}
        print(text, end="", flush=True)
        printed += len(text)
        if data.get("run") == run and kind in ("done", "error", "cancelled", "interrupted"):
            break
    if len(sys.argv) > 2:
        pathlib.Path(sys.argv[2]).write_bytes(call("GET", f"/api/rooms/{room}/transcript?format=md").content)
    print(f"\n{kind}", file=sys.stderr)
except requests.RequestException as error:
    sys.exit(f"The hub at {hub} cannot be reached: {error}" if error.response is None else error.response.json()["detail"])
