"""The linter of the features: what a parser accepts in silence and the author did not mean.

``python -m steps.lint`` checks form, titles, tags, sentences against step definitions, and that
every MUST of the register has a case or a reason.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from gherkin.errors import ParserException
from gherkin.parser import Parser

from steps.cases import TagError, case_of
from steps.index import definitions, scenarios
from steps.register import FEATURES, load_register

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from steps.index import Scenario
    from steps.register import Register

__all__ = ["lint", "lint_text"]

HALF_WIDTH = str.maketrans({"：": ":", "｜": "|", "＠": "@", "＃": "#", "＜": "<", "＞": ">"})
KEYWORDS = (
    "機能|フィーチャ|ルール|背景|シナリオアウトライン|シナリオテンプレート|シナリオ|例|サンプル|"
    "前提|もし|ならば|かつ|しかし|ただし|"
    "Feature|Rule|Background|Scenario|Given|When|Then|And|But|Examples"
)
STRUCTURE = re.compile(rf"^\s*(?:{KEYWORDS})(?:\s|:|$)")
WIDE_COLON = re.compile(r"^\s*(?:機能|ルール|背景|シナリオ\w*|例)\s*：")
FIRST_LINE = "# language: ja"
BOM = "\ufeff"
WIDE_SPACE = "\u3000"


def lint_text(text: str) -> Iterator[tuple[int, str]]:
    """Yield (line, message) for the form of one feature text."""
    if text.startswith(BOM):
        yield 1, "BOMがある。expected UTF-8 without BOM"
        text = text.removeprefix(BOM)
    lines = text.splitlines()
    if not lines or lines[0] != FIRST_LINE:
        yield 1, f"先頭行が違う。expected {FIRST_LINE!r}"
    for number, line in enumerate(lines, 1):
        if line.lstrip().startswith(("＠", "｜")) or WIDE_COLON.match(line):
            narrow = line.translate(HALF_WIDTH).strip()
            yield number, f"全角記号がある。expected {narrow!r}"
        if WIDE_SPACE in line:
            yield number, "全角空白がある。expected half-width spaces"
    parser = Parser()
    parser.stop_at_first_error = True  # the others follow from it
    try:
        feature: Any = parser.parse(text).get("feature")
    except ParserException as error:
        yield error.location["line"], f"構文の誤り: {error}"
        return
    if feature is None:
        yield 1, "シナリオが一つもない"
        return
    yield from _swallowed(feature)
    if not any(_count(feature)):
        yield feature["location"]["line"], "シナリオが一つもない"


def _swallowed(node: Any) -> Iterator[tuple[int, str]]:
    """Yield descriptions that look like structure: the parser read them as prose."""
    for line in (node.get("description") or "").splitlines():
        if STRUCTURE.match(line):
            message = f"説明文として読み飛ばされている: {line.strip()!r}。expected structure"
            yield node["location"]["line"], message
    for child in node.get("children", ()):
        ((_, inner),) = child.items()
        yield from _swallowed(inner)


def _count(node: Any) -> Iterator[bool]:
    for child in node.get("children", ()):
        if "scenario" in child:
            yield True
        elif "rule" in child:
            yield from _count(child["rule"])


def lint(folder: Path = FEATURES) -> list[str]:
    """Return every problem of the features as ``path:line: message``, none when all is well."""
    problems: list[str] = []
    register = load_register()
    found: list[Scenario] = []
    for path in sorted(folder.rglob("*.feature")):
        name = path.relative_to(folder.parent)
        form = [f"{name}:{line}: {message}" for line, message in lint_text(path.read_text("utf-8"))]
        problems += form
        if not form:
            found += scenarios(path)
    place = {id(s): f"{s.path.relative_to(folder.parent)}:{s.line}" for s in found}
    problems += _titles(found, place)
    problems += _tags(found, place, register)
    problems += _sentences(found, folder)
    problems += _coverage(found, register)
    return problems


def _titles(found: Iterable[Scenario], place: dict[int, str]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for scenario in found:
        where = place[id(scenario)]
        if scenario.title in seen:
            first = seen[scenario.title]
            yield f"{where}: 同じ題名のシナリオが{first}にもある。expected a title of its own"
        seen.setdefault(scenario.title, where)
        if not scenario.rule:
            yield f"{where}: ルールの外にある。expected a rule that states its requirement"


def _tags(found: Iterable[Scenario], place: dict[int, str], register: Register) -> Iterator[str]:
    ids: dict[str, str] = {}
    for scenario in found:
        where = place[id(scenario)]
        for row in scenario.rows:
            if next(iter(row)) != "id" or not re.fullmatch(r"[a-z0-9_]+", row.get("id", "")):
                yield f"{where}: 例の最初の列がASCIIのidでない。expected | id |"
                break
        try:
            case = case_of(scenario.title, scenario.tags, register, None)
        except TagError as error:
            yield f"{where}: {error}"
            continue
        if case.id in ids:
            yield f"{where}: @{case.id}は{ids[case.id]}にもある。expected an id of its own"
        ids.setdefault(case.id, where)


def _sentences(found: Iterable[Scenario], folder: Path) -> Iterator[str]:
    known = definitions()
    used: set[str] = set()
    for scenario in found:
        for sentence in scenario.sentences:
            where = f"{scenario.path.relative_to(folder.parent)}:{sentence.line}"
            hits = [d for d in known if d.kind == sentence.kind and d.matches(sentence.text)]
            used.update(f"{d.name} {d.pattern}" for d in hits)
            if len(hits) != 1:
                names = ", ".join(d.name for d in hits) or "none"
                yield f"{where}: {sentence.text!r}。expected one step definition, got {names}"
    for definition in known:
        if f"{definition.name} {definition.pattern}" not in used:
            yield f"{definition.name}: no scenario says {definition.pattern!r}"


def _coverage(found: Iterable[Scenario], register: Register) -> Iterator[str]:
    from steps.judge.standing import STANDING_IDS  # noqa: PLC0415 - data of the judge

    cases: dict[str, set[str]] = defaultdict(set)
    for scenario in found:
        try:
            case = case_of(scenario.title, scenario.tags, register, None)
        except TagError:
            continue
        cases[case.requirement].update(case.roles)
    for requirement in register:
        covered = cases.get(requirement.id, set())
        if requirement.untested and covered:
            yield f"{requirement.id}: has both a case and a reason why it is untested"
        if requirement.level != "MUST" or requirement.untested or requirement.id in STANDING_IDS:
            continue
        for role in requirement.roles:
            if role not in covered:
                yield f"{requirement.id}: a MUST of {role} without a case and without `untested`"


def main() -> int:
    """Print the problems; 1 when there are any."""
    problems = lint()
    for problem in problems:
        sys.stdout.write(problem + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
