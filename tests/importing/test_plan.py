"""What an import would do, case by case, and the laws that hold for all of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from flashnotes.importing import Entry, NoteCards, Plan, Scan, Status, plan_notes, revised
from flashnotes.importing.terms import Mention, Unread
from flashnotes.models import Candidate, Card, CardId, CardKind, Deck, Source

DEFINITION = "TD 误差是相邻两步的价值估计之间的差。"
TD = Candidate(CardKind.DEFINITION, "TD 误差", DEFINITION, 3, aliases=("TD error",), rule="definition")
BOOT = Candidate(CardKind.DEFINITION, "自举", "用已有的估计值去更新另一个估计值的做法。", 5)
POLICY = Candidate(CardKind.DEFINITION, "策略", "从状态到动作概率分布的映射。", 7)
FORMULA = Candidate(CardKind.FORMULA, "TD 误差", "$$\\delta = r + \\gamma v' - v$$", 9)
NOTE = NoteCards("notes/td.md", "rl", (TD, BOOT, POLICY, FORMULA), ("rl",))


def take(decks: list[Deck], plan: Plan, **choice: object) -> list[Deck]:
    return put(decks, plan.taken(**choice))  # type: ignore[arg-type]


def put(decks: list[Deck], entries: list[Entry], never: list[Entry] | None = None) -> list[Deck]:
    changed = {deck.name: deck for deck in revised(decks, entries, never=never or ())}
    known = [changed.pop(deck.name, deck) for deck in decks]
    return [*known, *changed.values()]


def imported(*notes: NoteCards) -> list[Deck]:
    return take([], plan_notes([], Scan(notes or (NOTE,))))


def statuses(decks: list[Deck], *notes: NoteCards, **scan: object) -> list[str]:
    return [entry.status.value for entry in plan_notes(decks, Scan(notes, **scan)).entries]  # type: ignore[arg-type]


def edited(decks: list[Deck], front: str, **changes: object) -> list[Deck]:
    def edit(card: Card) -> Card:
        return replace(card, **changes) if card.front == front else card  # type: ignore[arg-type]

    return [replace(deck, cards=tuple(map(edit, deck.cards))) for deck in decks]


def note(*candidates: Candidate, path: str = "notes/td.md", deck: str = "rl") -> NoteCards:
    return NoteCards(path, deck, candidates)


def test_a_new_note_gives_new_cards() -> None:
    (deck,) = imported()
    assert deck.name == "rl"
    assert [card.front for card in deck.cards] == ["TD 误差", "自举", "策略", "TD 误差"]
    first = deck.cards[0]
    assert (first.tags, first.aliases) == (("rl",), ("TD error",))
    assert first.source == Source("notes/td.md", 3)
    assert len({card.id for card in deck.cards}) == 4


def test_the_same_note_again_changes_nothing() -> None:
    decks = imported()
    plan = plan_notes(decks, Scan((NOTE,)))
    assert plan.counts()["same"] == 4
    assert revised(decks, plan.taken()) == []


def test_a_card_that_stands_in_two_notes_counts_once() -> None:
    other = replace(NOTE, path="notes/again.md")
    first = plan_notes([], Scan((NOTE, other)))
    assert (len(first.entries), first.counts()["new"], first.counts()["same"]) == (8, 4, 0)
    decks = take([], first)
    again = plan_notes(decks, Scan((NOTE, other)))
    assert (len(again.entries), again.counts()["same"]) == (8, 4)
    [card, *_] = decks[0].cards
    decided = Unread(dict.fromkeys((each.id for each in decks[0].cards), 1.0))
    unread = {NOTE.path: decided, other.path: Unread(doubles=(Mention(card.id, 3, 1.0),))}
    not_read = plan_notes(decks, Scan(unchanged=unread))
    assert (len(list(not_read.every_entry())), not_read.counts()["same"]) == (5, 4)
    assert plan_notes(decks, Scan((other,), unchanged={NOTE.path: decided})).counts()["same"] == 4


def test_a_line_that_shifted_is_renumbered_and_not_counted() -> None:
    decks = imported()
    lower = note(*(replace(each, line=each.line + 10) for each in NOTE.candidates))
    plan = plan_notes(decks, Scan((lower,)))
    assert plan.counts()["same"] == 4
    (deck,) = take(decks, plan)
    assert [card.source and card.source.line for card in deck.cards] == [13, 15, 17, 19]


def test_a_changed_note_is_followed() -> None:
    decks = imported()
    plan = plan_notes(decks, Scan((note(TD, replace(BOOT, back="另一种说法。"), POLICY, FORMULA),)))
    assert [entry.status.value for entry in plan.entries] == ["same", "changed", "same", "same"]
    after = take(decks, plan)[0].cards[1]
    assert after.back == "另一种说法。"
    assert after.id == decks[0].cards[1].id


def test_an_edited_card_is_kept() -> None:
    decks = edited(imported(), "自举", back="我自己的话。")
    plan = plan_notes(decks, Scan((NOTE,)))
    assert plan.entries[1].status == "kept"
    assert "note is as it was" in plan.entries[1].reason
    plan = plan_notes(decks, Scan((note(TD, replace(BOOT, back="另一种说法。"), POLICY, FORMULA),)))
    assert plan.entries[1].status == "kept"
    assert "the note changed too" in plan.entries[1].reason
    assert plan.entries[1].candidate
    assert plan.entries[1].candidate.back == "另一种说法。"
    assert take(decks, plan)[0].cards[1].back == "我自己的话。"


def test_an_edit_that_the_note_makes_too_is_the_new_base() -> None:
    decks = edited(imported(), "自举", back="另一种说法。")
    plan = plan_notes(decks, Scan((note(TD, replace(BOOT, back="另一种说法。"), POLICY, FORMULA),)))
    assert plan.entries[1].status == "same"
    decks = take(decks, plan)
    assert statuses(decks, note(TD, replace(BOOT, back="第三种。"), POLICY, FORMULA))[1] == "changed"


def test_a_passage_that_is_gone_retires_its_card_and_brings_it_back() -> None:
    decks = imported()
    without = note(TD, POLICY, FORMULA)
    assert statuses(decks, without)[-1] == "retired"
    after = take(decks, plan_notes(decks, Scan((without,))))
    assert [card.retired for card in after[0].cards] == [False, True, False, False]
    assert statuses(after, without) == ["same", "same", "same"]
    plan = plan_notes(after, Scan((NOTE,)))
    assert (plan.entries[1].status, plan.entries[1].reason) == ("changed", "its passage is back")
    assert take(after, plan) == decks


def test_only_notes_that_were_read_retire_cards() -> None:
    other = note(replace(BOOT, front="优势", back="动作价值减去状态价值。"), path="notes/a.md")
    decks = imported(NOTE, other)
    assert statuses(decks, NOTE) == ["same"] * 4
    assert statuses(decks, NOTE, folders=("notes",)) == ["same"] * 4
    gone = frozenset({"notes/a.md"})
    assert statuses(decks, NOTE, folders=("notes",), missing=gone) == ["same"] * 4 + ["retired"]
    assert statuses(decks, NOTE, folders=("other",), missing=gone) == ["same"] * 4
    assert statuses(decks, NOTE, folders=(".",), missing=gone) == ["same"] * 4 + ["retired"]


def test_a_renamed_note_keeps_its_cards() -> None:
    decks = imported()
    plan = plan_notes(
        decks, Scan((note(*NOTE.candidates, path="notes/new.md"),), missing=frozenset({"notes/td.md"}))
    )
    assert plan.counts()["moved"] == 4
    after = take(decks, plan)
    assert [card.id for card in after[0].cards] == [card.id for card in decks[0].cards]
    assert {card.source.path for card in after[0].cards if card.source} == {"notes/new.md"}
    assert [card.tags for card in after[0].cards] == [("rl",)] * 4


def test_a_card_that_moved_to_the_folder_of_another_deck_stays_in_its_deck() -> None:
    decks = imported()
    moved = NoteCards("other/td.md", "other", NOTE.candidates)
    after = take(decks, plan_notes(decks, Scan((moved,), missing=frozenset({"notes/td.md"}))))
    assert [deck.name for deck in after] == ["rl"]


def test_a_split_note_keeps_its_cards() -> None:
    decks = imported()
    two = (note(TD, FORMULA), note(BOOT, POLICY, path="notes/more.md"))
    assert sorted(statuses(decks, *two)) == ["moved", "moved", "same", "same"]


def test_a_typo_mended_in_the_term_keeps_the_card() -> None:
    decks = imported(note(replace(TD, front="时序查分误差")))
    plan = plan_notes(decks, Scan((note(replace(TD, front="时序差分误差")),)))
    assert [entry.status for entry in plan.entries] == ["changed"]
    assert plan.entries[0].card.front == "时序差分误差"
    assert plan.entries[0].id == decks[0].cards[0].id


def test_a_new_term_over_the_same_text_is_the_same_card() -> None:
    decks = imported(note(TD))
    plan = plan_notes(decks, Scan((note(replace(TD, front="时序差分偏差")),)))
    assert [(entry.status.value, entry.id) for entry in plan.entries] == [("changed", decks[0].cards[0].id)]


def test_an_alias_that_became_the_term_keeps_the_card() -> None:
    decks = imported(note(TD))
    swapped = replace(TD, front="TD error", aliases=("TD 误差",), back="另一种说法，全新的一句话。")
    assert statuses(decks, note(swapped)) == ["changed"]


def test_a_typo_with_quite_another_text_is_asked() -> None:
    decks = imported(
        note(replace(TD, front="Bellman operator", back="maps a value function to its one-step backup"))
    )
    other = replace(
        TD, front="Bellman operators", back="maps values to their optimal one-step greedy counterpart"
    )
    plan = plan_notes(decks, Scan((note(other),)))
    (entry,) = plan.entries
    assert entry.status == "uncertain"
    assert plan.taken() == []
    assert revised(decks, plan.taken()) == []
    as_it = put(decks, [entry])[0].cards
    assert (len(as_it), as_it[0].front, as_it[0].id) == (1, "Bellman operators", decks[0].cards[0].id)
    as_new = put(decks, [entry.as_new()])[0].cards
    assert [card.front for card in as_new] == ["Bellman operator", "Bellman operators"]


def test_two_numbers_are_two_things() -> None:
    decks = imported(note(replace(TD, front="GPT-3 size", back="175 billion parameters")))
    now = note(replace(TD, front="GPT-4 size", back="a number that nobody told"))
    assert statuses(decks, now) == ["new", "retired"]


def test_a_rejected_card_is_offered_again_only_when_its_passage_changes() -> None:
    decks = imported()
    plan = plan_notes(decks, Scan((NOTE,)))
    after = put(decks, [], never=[plan.entries[1]])
    assert len(after[0].cards) == 3
    again = plan_notes(after, Scan((NOTE,)))
    assert again.entries[1].status == "rejected"
    assert revised(after, again.taken()) == []
    moved = note(*NOTE.candidates, path="notes/x.md")
    assert "rejected" in [entry.status for entry in plan_notes(after, Scan((moved,))).entries]
    changed = note(TD, replace(BOOT, back="另一种说法。"), POLICY, FORMULA)
    offered = plan_notes(after, Scan((changed,)))
    assert offered.entries[1].status == "new"
    assert offered.entries[1].id == decks[0].cards[1].id
    back = take(after, offered)
    assert back[0].rejected == ()
    assert len(back[0].cards) == 4


def test_a_new_candidate_can_be_rejected_at_once() -> None:
    plan = plan_notes([], Scan((NOTE,)))
    decks = put([], list(plan.entries[1:]), never=[plan.entries[0]])
    assert statuses(decks, NOTE) == ["rejected", "same", "same", "same"]


def test_the_same_term_in_two_notes() -> None:
    other = note(replace(POLICY, back="保险公司与客户订立的合同。"), path="notes/b.md")
    plan = plan_notes([], Scan((NOTE, other)))
    assert plan.entries[-1].status == "uncertain"
    decks = take([], plan)
    assert statuses(decks, NOTE, other) == ["same"] * 4 + ["uncertain"]
    assert statuses(decks, other) == ["uncertain"]
    elsewhere = replace(other, deck="insurance")
    assert statuses(decks, NOTE, elsewhere) == ["same"] * 4 + ["new"]
    both = put(decks, [plan.entries[-1]])
    assert statuses(both, NOTE, other) == ["same"] * 5


def test_the_same_text_in_two_notes_is_one_card() -> None:
    copy = note(POLICY, path="notes/b.md")
    decks = imported(NOTE, copy)
    assert sum(len(deck.cards) for deck in decks) == 4
    plan = plan_notes(decks, Scan((NOTE, copy)))
    assert revised(decks, plan.taken()) == []
    assert {entry.status.value for entry in plan.entries} == {"same"}


def test_a_card_written_by_hand_is_left_alone_and_not_doubled() -> None:
    mine = Card(CardId("mine"), CardKind.DEFINITION, "策略", "我自己的话。")
    decks = [Deck("rl", (mine,))]
    plan = plan_notes(decks, Scan((NOTE,)))
    assert plan.entries[2].status == "kept"
    assert plan.entries[2].reason == "written by hand"
    after = take(decks, plan)
    assert after[0].cards[0] == mine
    assert len(after[0].cards) == 4


def test_another_kind_of_the_same_text_is_the_same_card() -> None:
    decks = imported(note(replace(TD, kind=CardKind.BASIC)))
    plan = plan_notes(decks, Scan((note(TD),)))
    assert [entry.status.value for entry in plan.entries] == ["changed"]
    assert take(decks, plan)[0].cards[0].kind is CardKind.DEFINITION


def test_candidates_under_the_threshold_match_and_are_not_taken() -> None:
    decks = imported()
    unsure = note(
        replace(TD, score=0.2), BOOT, POLICY, FORMULA, replace(POLICY, front="回报", score=0.2, back="…的和")
    )
    plan = plan_notes(decks, Scan((unsure,)))
    assert [entry.status.value for entry in plan.entries] == ["same"] * 4 + ["new"]
    assert len(take(decks, plan, threshold=0.5)[0].cards) == 4
    assert len(take(decks, plan)[0].cards) == 5


MANY = tuple(
    replace(POLICY, front=f"概念{'甲乙丙丁戊己庚辛壬癸'[n]}{n}", back=f"{n}" * 30, line=n + 1)
    for n in range(10)
)


def test_retiring_much_of_a_deck_stops_and_asks() -> None:
    decks = imported(note(*MANY))
    assert plan_notes(decks, Scan((note(*MANY[:7]),))).must_ask == ()
    plan = plan_notes(decks, Scan((note(*MANY[:6]),)))
    assert plan.must_ask == ("4 of the 10 cards of rl would be retired",)
    assert revised(decks, plan.taken(retire=False)) == []


def test_a_note_or_a_folder_that_came_back_empty_asks() -> None:
    few = note(*MANY[:4], path="notes/few.md")
    decks = imported(
        few,
        NoteCards("big/a.md", "rl", MANY[4:]),
        *(NoteCards(f"{n}.md", "rl", (replace(TD, front=f"n{n}x{n}", back="y" * n),)) for n in range(20)),
    )
    plan = plan_notes(decks, Scan((note(path="notes/few.md"),)))
    assert "notes/few.md came back empty and gave 4 cards before" in plan.must_ask
    plan = plan_notes(decks, Scan((), ("notes",), frozenset({"notes/few.md"})))
    assert plan.must_ask == ("notes came back without notes and gave 4 cards before",)
    assert plan_notes(decks, Scan((), ("notes",))).must_ask == ()


def test_a_plan_of_nothing_is_nothing() -> None:
    assert plan_notes([], Scan()) == Plan()
    assert plan_notes(imported(), Scan()) == Plan()


def test_text_that_no_file_can_hold_is_mended() -> None:
    (deck,) = imported(note(replace(TD, front="a\0b", back="\ud800c", aliases=("\ud800",))))
    assert (deck.cards[0].front, deck.cards[0].back, deck.cards[0].aliases) == (
        "a\ufffdb",
        "\ufffdc",
        ("\ufffd",),
    )
    assert statuses([deck], note(replace(TD, front="a\0b", back="\ud800c"))) == ["same"]


_terms = st.sampled_from(
    ["alpha", "alpho", "beta", "betta", "Gamma ray", "gamma-ray", "TD(0)", "TD(1)", "策略", "策略梯度"]
)
_backs = st.sampled_from(
    ["a map from states to actions", "a map of states to actions", "the sum of rewards", "x", "回报的和"]
)
_candidates = st.builds(
    Candidate,
    st.sampled_from([CardKind.DEFINITION, CardKind.FORMULA]),
    _terms,
    _backs,
    st.integers(1, 50),
    aliases=st.lists(_terms, max_size=1).map(tuple),
)
_notes = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["rl", "ml"]), st.lists(_candidates, max_size=5)),
    max_size=3,
    unique_by=lambda each: each[0],
).map(lambda notes: tuple(NoteCards(f"notes/{name}.md", deck, tuple(found)) for name, deck, found in notes))
_histories = st.lists(_notes, min_size=1, max_size=4)


def _scan(notes: tuple[NoteCards, ...]) -> Scan:
    missing = {f"notes/{name}.md" for name in "abc"} - {each.path for each in notes}
    return Scan(notes, ("notes",), frozenset(missing))


@settings(max_examples=200)
@given(_histories)
def test_importing_twice_is_importing_once(history: list[tuple[NoteCards, ...]]) -> None:
    """Where nothing was asked. What is taken beside an open question may answer it, or put another in its place.

    A candidate that may be a card reworded waits for the person; when its term is taken from another line of the
    note meanwhile, it is no rewording any more. So many runs as there were questions, and nothing changes.
    """
    decks: list[Deck] = []
    for notes in history:
        plan = plan_notes(decks, _scan(notes))
        asked = {entry.candidate for entry in plan.entries if entry.status is Status.UNCERTAIN}
        for _ in range(1 + len(asked)):
            decks = take(decks, plan)
            plan = plan_notes(decks, _scan(notes))
            assert {entry.candidate for entry in plan.entries if entry.status is Status.NEW} <= asked
        assert revised(decks, plan.taken()) == []
        if not asked:
            assert {entry.status for entry in plan.entries} <= {Status.SAME, Status.KEPT}


@given(_histories, st.randoms(use_true_random=False))
def test_no_card_is_ever_lost_doubled_or_renamed(
    history: list[tuple[NoteCards, ...]], chance: object
) -> None:
    decks: list[Deck] = []
    for notes in history:
        plan = plan_notes(decks, _scan(notes))
        before = [card.id for deck in decks for card in deck.cards]
        after = take(decks, plan)
        now = [card.id for deck in after for card in deck.cards]
        assert set(before) <= set(now)
        assert len(set(now)) == len(now)
        for old, new in zip(decks, after, strict=False):
            assert [card.id for card in new.cards][: len(old.cards)] == [card.id for card in old.cards]
        taken = [
            entry.before.id for entry in plan.entries if entry.before and entry.reason[:9] != "stands at"
        ]
        assert len(set(taken)) == len(taken)
        assert plan == plan_notes(decks, _scan(notes))
        decks = after


@given(_histories)
def test_what_the_person_wrote_is_never_changed(history: list[tuple[NoteCards, ...]]) -> None:
    decks: list[Deck] = []
    for notes in history:
        decks = take(decks, plan_notes(decks, _scan(notes)))
        decks = [
            replace(deck, cards=tuple(replace(card, back=f"mine: {card.id}") for card in deck.cards))
            for deck in decks
        ]
    for deck in decks:
        for card in deck.cards:
            assert card.back == f"mine: {card.id}"
    after = take(decks, plan_notes(decks, _scan(history[0])))
    for deck in after:
        for card in deck.cards[: len(next((old.cards for old in decks if old.name == deck.name), ()))]:
            assert card.back == f"mine: {card.id}"
