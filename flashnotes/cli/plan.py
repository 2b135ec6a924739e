"""The plan of an import, printed: a line a card, or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flashnotes.screen_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flashnotes.importer import Import
    from flashnotes.importing import Entry


def describe(done: Import) -> dict[str, Any]:
    """The plan as the README's `import --json` prints it."""
    return {
        **done.plan.counts(),
        "reviews": done.reviews,
        "cost": done.cost(done.plan.counts()["new"]),
        "warnings": [*done.plan.must_ask, *done.findings(), *done.remarks, *done.problems],
        "cards": [_describe_entry(entry) for entry in done.plan.every_entry()],
    }


def _describe_entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.card.id,
        "status": str(entry.status),
        "deck": entry.deck,
        "kind": str(entry.card.kind),
        "front": entry.card.front,
        "source": str(entry.card.source) if entry.card.source else None,
        "score": round(entry.score, 3),
        "reason": entry.reason,
    }


def plan_lines(done: Import) -> Iterator[str]:
    """What would change, card by card; what makes cards bad; what is to be looked at twice; the counts and the cost."""
    for entry in done.plan.entries:
        if entry.status != "same":
            yield from _entry_lines(entry)
    for finding in done.findings():
        yield f"warning   {finding}"
    for reason in done.plan.must_ask:
        yield f"look twice: {reason}"
    counted = counts_text(done.plan.counts())
    if done.reviews:
        from flashnotes.wording import counted as number_of

        counted = ", ".join(filter(None, (counted, f"{number_of(done.reviews, 'review')} made in Anki")))
    yield counted or "nothing to do"
    if new := done.plan.counts()["new"]:
        yield done.cost(new)


def _entry_lines(entry: Entry) -> Iterator[str]:
    where = f"  ({entry.card.source})" if entry.card.source else ""
    score = f"  {entry.candidate.score:.2f}" if entry.candidate else ""
    yield f"{entry.status:9} {entry.deck}  {entry.card.kind}  {entry.card.front}{where}{score}  {entry.reason}"
    if entry.status == "kept" and entry.instead is not None:
        yield f"          yours: {entry.card.back}"
        yield f"          note:  {entry.instead.back}"


def counts_text(counts: dict[str, int]) -> str:
    """`3 new, 1 changed`, or nothing."""
    return ", ".join(f"{count} {status}" for status, count in counts.items() if count)


def taken_text(entries: Iterable[Entry], refused: int) -> str:
    """What was written, or nothing."""
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.card != entry.before and entry.status not in ("same", "kept"):
            counts[entry.status.value] = counts.get(entry.status.value, 0) + 1
    if refused:
        counts["refused for good"] = refused
    return counts_text(counts)


def printed(lines: Iterable[str]) -> None:
    for line in lines:
        print(one_line(line) if not line.startswith(" ") else "          " + one_line(line))
