import random

from flashnotes.scheduling.fitting import FEWEST_REVIEWS, LOWER, UPPER, fit, histories_of, scored, total_loss
from flashnotes.scheduling.fsrs import DEFAULT_WEIGHTS


def forgetful(cards: int) -> list[tuple[str, int, int, int]]:
    """Somebody who forgets half of everything, whatever the published weights say."""
    chance = random.Random(1)
    return [
        (f"c{card}", chance.choice((2, 4)), 739_000 + day, day * 86_400_000)
        for day in (0, 2, 5, 11)
        for card in range(cards)
    ]


def test_weights_are_fitted_to_the_person() -> None:
    histories = histories_of(forgetful(150), 3)
    fitted = fit(histories)
    assert fitted.reviews == scored(histories) == 450
    assert fitted.loss < fitted.loss_before - 0.05
    assert abs(total_loss(fitted.weights, histories) / fitted.reviews - fitted.loss) < 1e-3
    assert all(low <= w <= high for low, w, high in zip(LOWER, fitted.weights, UPPER, strict=True))
    assert fit(histories) == fitted


def test_too_few_reviews_keep_the_published_weights() -> None:
    fitted = fit(histories_of(forgetful(100), 3))
    assert fitted.reviews < FEWEST_REVIEWS
    assert fitted.weights == DEFAULT_WEIGHTS
    assert fit([]).weights == DEFAULT_WEIGHTS


def test_drills_are_left_out() -> None:
    answers = [("a", 2, 5, 0), ("a", 4, 5, 60_000), ("a", 4, 6, 86_400_000), ("a", 3, 6, 86_500_000)]
    assert histories_of(answers, 3) == [((0, 2), (1, 4), (0, 3))]
