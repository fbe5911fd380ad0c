"""Asks a hub through its OpenAI door with requests, and prints the answer as it grows, while the token's room watches:
    SWARMS_HUB_TOKEN=… python3 client-demo/python/chat.py "Write a story about a robot that paints"
SWARMS_HUB_URL is the hub's address. SWARMS_HUB_MODEL is a model, or an agent of the room such as agent/writer."""
import json, os, sys

import requests

hub = os.environ.get("SWARMS_HUB_URL", "http://localhost:5080").rstrip("/")
task = sys.argv[1] if len(sys.argv) > 1 else "Write a story about a robot that paints"
body = {
    "model": os.environ.get("SWARMS_HUB_MODEL", "gpt-4.1"),
    "messages": [{"role": "user", "content": task}],
    "stream": True,
    "stream_options": {"include_usage": True},
}
try:
    headers = {"Authorization": f"Bearer {os.environ.get('SWARMS_HUB_TOKEN', '')}"}
    with requests.post(f"{hub}/v1/chat/completions", json=body, headers=headers, stream=True, timeout=60) as answer:
        if not answer.ok:
            sys.exit(answer.json()["error"]["message"])
        for line in answer.iter_lines():
            if not line.startswith(b"data: {"):  # An empty line, a comment while the run waits, or [DONE].
                continue
            chunk = json.loads(line[len(b"data: "):])
            if "error" in chunk:
                sys.exit(chunk["error"]["message"])
            for choice in chunk["choices"]:
                print(choice["delta"].get("content") or "", end="", flush=True)
            if chunk.get("usage"):
                print(f"\n{chunk['usage']['total_tokens']} tokens", file=sys.stderr)
except requests.RequestException as error:
    sys.exit(f"The hub at {hub} cannot be reached: {error}")
