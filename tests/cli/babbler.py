"""An adapter that tells everything it knows wherever it can: ``babbler.py LOG WAY COMMAND...``.

It stands between harness and reference. ``WAY`` is where it talks: in the reasons of its answers,
or on stderr before it ends by itself.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path


def leaves(value):
    if isinstance(value, dict):
        for member in value.values():
            yield from leaves(member)
    elif isinstance(value, list):
        for member in value:
            yield from leaves(member)
    elif isinstance(value, str):
        yield value


def wide(text):
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def spellings(text):
    """Return a text as it is, full-width, in hex and base64 of several charsets."""
    forms = {text, wide(text)}
    raws = {form.encode(charset, "ignore") for form in forms for charset in CHARSETS}
    coded = {raw.hex() for raw in raws} | {raw.hex(" ").upper() for raw in raws}
    return forms | coded | {base64.b64encode(raw).decode() for raw in raws}


CHARSETS = ("utf-8", "utf-16-be", "utf-16-le", "cp932")


def main(log, way, *command):
    known = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for line in sys.stdin.buffer:
            asked = json.loads(line)
            process.stdin.write(line)
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            if asked["cmd"] == "provision":
                known += [text for text in leaves(asked["args"]) if len(text) > 3]
                Path(log).write_text(json.dumps(known), "utf-8")
            if asked["cmd"] == "trigger":
                told = " | ".join(form for text in known for form in sorted(spellings(text)))
                if way == "stderr":
                    sys.stderr.write(told + "\n")
                    sys.stderr.flush()
                    process.kill()
                    sys.exit(7)
                answer = {"seq": asked["seq"], "status": "error", "reason": told}
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
