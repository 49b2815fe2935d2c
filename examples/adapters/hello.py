"""The smallest adapter: it greets the harness and does nothing else yet. Copy it and go on."""

import json
import os
import sys

LISTENS = {"tcp": "127.0.0.1:9101", "http": "127.0.0.1:9102"}  # where your system listens

for line in sys.stdin:
    command = json.loads(line)
    answer = {"v": 1, "seq": command["seq"], "status": "unsupported", "scope": "adapter"}
    if command["cmd"] == "hello" and command["token"] == os.environ["DENBUN_TOKEN"]:
        answer |= {"status": "ok", "nonce": command["nonce"], "environment": "test"}
        answer["listens"] = {command["role"]: LISTENS}
    if command["cmd"] == "stop":
        answer["status"] = "ok"
    print(json.dumps(answer), flush=True)
    if command["cmd"] == "stop":
        break
