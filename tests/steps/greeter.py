"""An adapter with no system behind it; ``python greeter.py LISTENS ANSWER``, both JSON.

It greets and parts well, and gives every other command the same answer.
"""

from __future__ import annotations

import json
import sys


def converse(listens: str, answer: str) -> None:
    for line in sys.stdin:
        asked = json.loads(line)
        answers = {
            "hello": {"status": "ok", "nonce": asked.get("nonce"), "listens": json.loads(listens)},
            "stop": {"status": "ok"},
        }
        told = answers.get(asked["cmd"], json.loads(answer))
        sys.stdout.write(json.dumps({"v": 1, "seq": asked["seq"], **told}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    converse(*sys.argv[1:])
