import json
import sys

import requests

BASE_URL, API_KEY = sys.argv[1:]

headers = {"x-api-key": API_KEY, "Content-Type": "application/json"}

payload = {
    "agent_config": {
        "agent_name": "Creative Writer",
        "description": "A creative writing specialist",
        "system_prompt": "You are a creative writer.",
        "model_name": "gpt-4.1",
        "max_loops": 1,
        "max_tokens": 2048,
        "temperature": 0.8,
        "streaming_on": True,
    },
    "task": "Write a short story about a robot learning to paint",
}

response = requests.post(f"{BASE_URL}/v1/agent/completions", headers=headers, json=payload, stream=True)
response.raise_for_status()

for line in response.iter_lines():
    if line:
        line = line.decode("utf-8")
        if line.startswith("data: "):
            data = json.loads(line[6:])
            if "content" in data:
                print(data["content"], end="", flush=True)
            elif "total_cost" in data:
                print(f"\nCost: {data['total_cost']}", flush=True)
