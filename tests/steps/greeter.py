"""An adapter of an outside system that only greets; ``python greeter.py LISTENS``."""

from __future__ import annotations

import json
import sys


def greet(listens: str) -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        answers = {
            "hello": {"status": "ok", "nonce": asked.get("nonce"), "listens": json.loads(listens)},
            "stop": {"status": "ok"},
        }
        answer = answers.get(asked["cmd"], {"status": "unsupported", "scope": "adapter"})
        sys.stdout.write(json.dumps({"v": 1, "seq": asked["seq"], **answer}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    greet(sys.argv[1])
