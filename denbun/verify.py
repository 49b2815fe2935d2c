"""``denbun verify``: whether the results of a run, or a bundle of them, may be believed."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from denbun import console, options
from denbun.failures import Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.bundle import Bundle
    from steps.verification import Verification

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun verify conformance-report",
    "denbun verify conformance-report --profile my-profile --json",
    "denbun verify evidence.zip --public-key vendor.pub",
    "",
    "Exit codes: 0 everything follows, 1 refused, 3 no results or no bundle, or bad arguments.",
)
REFUSED = 1
WORDS = {
    "ja": {
        "holds": "結果は証拠と一致する",
        "refused": "結果は信用できない",
        "claim": "主張: {claim}（終了コード {exit}）",
        "whole": "試験項目 {cases}件、通し番号とハッシュの連鎖、判定の集計、主張: 一致",
        "telegrams": "電文だけから再び導いた判定",
        "answers": "電文と、システムの応答・照会の回答・稼働の観測から再び導いた判定",
        "course": "何も判断されなかった項目（準備・対象外など、経過の記録による）",
        "no_raw": "電文の記録を含まないため、判定を証拠から再び導いていない（所見と障害からの"
        "導出だけを確かめた）",
        "other_suite": "この版のスイート（{now}）は実行時の版（{then}）と異なる",
        "signed": "署名: {state}",
        "known": "鍵 {key} のもの（与えられた公開鍵と一致）",
        "unknown": "鍵 {key} のもの（誰の鍵かは確かめていない。--public-key を指定する）",
    },
    "en": {
        "holds": "the results follow from their evidence",
        "refused": "the results are not to be believed",
        "claim": "claim: {claim} (exit code {exit})",
        "whole": "{cases} cases, hash chain, counts, claim: as they should be",
        "telegrams": "verdicts derived again from telegrams alone",
        "answers": "verdicts derived again from telegrams and from what systems answered, were "
        "asked or were seen to do",
        "course": "cases in which nothing was judged (not prepared, not applicable, not reached)",
        "no_raw": "without the transcript verdicts were not judged again, only derived from the "
        "findings and obstacles of each case",
        "other_suite": "this suite ({now}) is not the one of the run ({then})",
        "signed": "signature: {state}",
        "known": "of key {key}, the one given",
        "unknown": "of key {key}; whose it is was not checked: give --public-key",
    },
}


def command(
    *,
    path: Annotated[Path, typer.Argument(metavar="DIR|ZIP", help="Results, or a bundle of them.")],
    profile: options.Profile = None,
    public_key: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The key that must have signed the bundle (PEM).", exists=True
        ),
    ] = None,
    json: options.Json = False,
    lang: options.Lang = "ja",
) -> int:
    """Check results against their evidence: chain, footer, manifest, and every verdict again."""
    from reports.bundle import BundleError, KeyProblem, NoBundle
    from steps.verification import NotVerifiable, verify

    try:
        with ExitStack() as stack:
            bundle = _opened(path, public_key, stack)
            folder = bundle.folder if bundle else path
            found = verify(folder, profile, raw=bundle is None or bundle.has_raw)
    except BundleError as error:
        console.complain(f"{WORDS[lang]['refused']}: {error}")
        return REFUSED
    except (KeyProblem, NoBundle, NotVerifiable) as error:
        raise Usage(str(error)) from None
    if json:
        console.say_json(_as_json(found, bundle))
    else:
        for line in _text(found, bundle, lang):
            console.say(line)
    return 0 if found.holds else REFUSED


def _opened(path: Path, public_key: Path | None, stack: ExitStack) -> Bundle | None:
    """Return the bundle that a path names, checked and unpacked; None for a folder."""
    from reports.bundle import open_bundle

    if not path.exists():
        raise Usage(f"{path}: no such file or folder. expected the results of a run, or a bundle")
    if path.is_dir():
        if public_key:
            raise Usage(f"--public-key: {path} is no bundle. expected a .zip")
        return None
    return stack.enter_context(open_bundle(path, public_key))


def _text(found: Verification, bundle: Bundle | None, lang: options.Language) -> Iterator[str]:
    from steps.version import SUITE

    words, run = WORDS[lang], found.run
    if bundle:
        state = words["known" if bundle.is_known else "unknown"].format(key=bundle.fingerprint)
        yield words["signed"].format(state=state)
    if not found.holds:
        yield words["refused"]
        yield from (f"  - {refusal}" for refusal in found.refusals)
        return
    assert run is not None
    assert run.footer is not None
    yield words["holds"]
    claim = run.footer.claim
    text = "" if claim is None else claim.text_ja if lang == "ja" else claim.text_en
    yield f"  {words['claim'].format(claim=text, exit=run.footer.exit_code)}"
    yield f"  {words['whole'].format(cases=len(run.header.selected))}"
    for basis, number in _bases(found).items():
        yield f"  {words[basis]}: {number}"
    for note in found.notes:
        yield f"  {words[note].format(now=SUITE, then=run.header.suite)}"


def _bases(found: Verification) -> dict[str, int]:
    counted = Counter(case.basis for case in found.retried)
    return {basis: counted[basis] for basis in ("telegrams", "answers", "course") if found.retried}


def _as_json(found: Verification, bundle: Bundle | None) -> dict[str, Any]:
    return {
        "holds": found.holds,
        "refusals": found.refusals,
        "notes": found.notes,
        "signed_by": bundle and bundle.fingerprint,
        "key_is_known": bundle and bundle.is_known,
        "cases": [
            {"case_id": case.case_id, "verdict": str(case.verdict), "basis": case.basis}
            for case in found.retried
        ],
    }
