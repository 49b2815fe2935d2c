"""``denbun bundle``: a run that holds, in one signed file to hand over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from denbun import console, options
from denbun.failures import Usage

if TYPE_CHECKING:
    from reports import Run

__all__ = ["EXAMPLES", "command"]

EXAMPLES = (
    "denbun bundle --new-key vendor.pem        # and vendor.pub, to be handed out",
    "denbun bundle conformance-report --key vendor.pem --out evidence.zip",
    "denbun bundle conformance-report --key vendor.pem --out raw.zip --raw",
    "",
    "openssl genpkey -algorithm ed25519 -out vendor.pem; chmod 600 vendor.pem     # likewise",
    "openssl pkey -in vendor.pem -pubout -out vendor.pub",
    "",
    "Exit codes: 0 written, 1 the results are not to be believed, 3 bad arguments.",
)
REFUSED = 1
OTHERS = 0o077
"""Bits of a mode that let others at a file."""
WORDS = {
    "ja": {
        "made": "署名した証拠: {out}（鍵 {key}）",
        "raw": "電文の記録（マスクなし）を含む。取扱いに注意すること",
        "refused": "結果は信用できないため、署名しない: {why}",
        "key": "鍵: {private}（秘密鍵。他人に渡さない）、{public}（公開鍵）",
    },
    "en": {
        "made": "signed bundle: {out} (key {key})",
        "raw": "it holds the raw transcript, unmasked: handle it accordingly",
        "refused": "the results are not to be believed, so they are not signed: {why}",
        "key": "key: {private} (private, for nobody else), {public} (public)",
    },
}


def command(
    *,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder of a run's results.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The private key to sign with (PEM).")
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="The bundle.")] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Put the raw transcript in: unmasked numbers and names.")
    ] = False,
    new_key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Make a key, and its .pub beside it.")
    ] = None,
    profile: options.Profile = None,
    lang: options.Lang = "ja",
) -> int:
    """Sign the results and masked reports of a run, after checking that they hold."""
    if new_key:
        if folder or key or out:
            raise Usage("--new-key: goes alone. expected no other argument")
        return _make_key(new_key, lang)
    if folder is None or key is None or out is None:
        raise Usage("bundle: expected DIR, --key and --out, or --new-key")
    return _bundle(folder, key, out, raw=raw, profile=profile, lang=lang)


def _make_key(path: Path, lang: options.Language) -> int:
    from reports.bundle import new_key
    from reports.ownerfile import write_private

    public = path.with_suffix(".pub")
    for file in (path, public):
        if file.exists():
            raise Usage(f"--new-key: {file} exists. expected a new file")
    private_pem, public_pem = new_key()
    write_private(path, private_pem)
    public.write_bytes(public_pem)
    console.say(WORDS[lang]["key"].format(private=path, public=public))
    return 0


def _bundle(
    folder: Path, key: Path, out: Path, *, raw: bool, profile: Path | None, lang: options.Language
) -> int:
    from reports.bundle import KeyProblem, fingerprint, load_private_key, pack
    from reports.ownerfile import write_private
    from steps.verification import NotVerifiable, verify

    words = WORDS[lang]
    if not key.is_file():
        raise Usage(f"--key: {key}: no such file. expected a key; make one: --new-key {key}")
    if os.name == "posix" and key.stat().st_mode & OTHERS:
        raise Usage(f"--key: {key} can be read by others. expected mode 0600: chmod 600 {key}")
    try:
        private = load_private_key(key)
        found = verify(folder, profile)
    except (KeyProblem, NotVerifiable) as error:
        raise Usage(str(error)) from None
    if not found.holds or found.run is None:
        console.complain(words["refused"].format(why=found.refusals[0]))
        return REFUSED
    data = pack(_files(folder, found.run, raw=raw, lang=lang), _about(found.run), private)
    (write_private if raw else Path.write_bytes)(out, data)
    console.say(words["made"].format(out=out, key=fingerprint(private.public_key())))
    if raw:
        console.complain(words["raw"])
    return 0


def _files(folder: Path, run: Run, *, raw: bool, lang: options.Language) -> dict[str, bytes]:
    """Return the results as they are and every report, made anew."""
    from denbun.finished import shown_of
    from reports.forms import OF_RUN, encoded, render
    from steps.filenames import RESULTS
    from steps.verification import RAW

    shown = shown_of(folder, run)
    files = {form.file: encoded(render(name, shown, lang)) for name, form in OF_RUN.items()}
    kept = (RESULTS, *(RAW if raw else ()))
    return files | {name: (folder / name).read_bytes() for name in kept}


def _about(run: Run) -> dict[str, Any]:
    """Return what the manifest says of a run, so that it can be read without any tool of ours."""
    header, footer = run.header, run.footer
    assert footer is not None
    told = {"suite": header.suite, "created": header.created, "role": header.role}
    told |= {"profile": header.profile["id"], "edition": header.profile["edition"]}
    claim = footer.claim.text_en if footer.claim else ""
    return {
        **told,
        "profile_digest": header.profile["digest"],
        "sut": {name: header.sut[name] for name in ("name", "version") if name in header.sut},
        "adapter": dict(header.adapter),
        "ics": list(header.ics),
        "seed": header.seed,
        "environment": dict(header.environment),
        "counts": dict(footer.counts),
        "exit_code": footer.exit_code,
        "claim": claim,
    }
