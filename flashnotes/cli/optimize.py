"""Fit the weights of FSRS to your own reviews and write them to flashnotes.toml; --dry-run only shows them.

The rest of the file stays as it is. With fewer than 400 reviews to judge by, the published weights are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from flashnotes.cli.context import Context
    from flashnotes.cli.parser import Parser


def add_arguments(parser: Parser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="write nothing")


def run(options: argparse.Namespace, context: Context) -> int:
    from flashnotes.models import ReviewKind
    from flashnotes.scheduling.fitting import FEWEST_REVIEWS, fit, histories_of
    from flashnotes.scheduling.fsrs import DEFAULT_WEIGHTS

    library = context.library()
    answers = (
        (review.card_id, review.grade, review.day, review.at.ms)
        for review in library.store.reviews()
        if review.kind is not ReviewKind.CRAM
    )
    fitted = fit(histories_of(answers, library.settings.repeat_below))
    if fitted.reviews < FEWEST_REVIEWS:
        print(f"{fitted.reviews} reviews to judge by, {FEWEST_REVIEWS} are needed: the weights are kept.")
        return 0
    print(f"{fitted.reviews} reviews: log loss {fitted.loss:.4f}, by the published {fitted.loss_before:.4f}")
    if fitted.weights == DEFAULT_WEIGHTS:
        print("the published weights are the best found: nothing is changed.")
        return 0
    print("fsrs_weights = " + ", ".join(map(str, fitted.weights)))
    if not options.dry_run:
        from flashnotes.config_file import write_settings

        write_settings(context.home.settings, {"fsrs_weights": fitted.weights})
        print(f"written to {context.home.settings}; they count with `scheduler = 'fsrs'`")
    return 0
