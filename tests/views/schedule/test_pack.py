"""Packing: whatever overlaps, nothing covers anything else (ux 4.3)."""

from hypothesis import given
from hypothesis import strategies as st

from trainer_desk.views.schedule.pack import Slot, pack, pack_limited, widest

INTERVALS = st.lists(
    st.tuples(st.integers(0, 600), st.integers(1, 240)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=40
)


def keyed(pairs: list[tuple[int, int]]) -> list[tuple[float, float, int]]:
    return [(start, end, key) for key, (start, end) in enumerate(pairs)]


@given(INTERVALS)
def test_overlapping_items_share_a_cluster_and_no_column(pairs: list[tuple[int, int]]) -> None:
    items = keyed(pairs)
    slots = pack(items)
    assert slots.keys() == {key for _, _, key in items}
    for a_start, a_end, a in items:
        assert 0 <= slots[a].column < slots[a].column + slots[a].span <= slots[a].columns
        for b_start, b_end, b in items:
            if a < b and a_start < b_end and b_start < a_end:
                one, other = slots[a], slots[b]
                assert one.columns == other.columns
                assert one.column + one.span <= other.column or other.column + other.span <= one.column


@given(INTERVALS, st.integers(2, 6))
def test_with_a_limit_every_item_is_shown_or_stands_behind_a_tile(pairs: list[tuple[int, int]], limit: int) -> None:
    items = keyed(pairs)
    slots, hidden = pack_limited(items, limit)
    behind = [key for tile in hidden for key in tile.keys]
    assert sorted([*slots, *behind]) == [key for _, _, key in items]
    drawn = [(*items[key][:2], slot) for key, slot in slots.items()]
    drawn += [(tile.start, tile.end, tile.slot) for tile in hidden]
    for index, (a_start, a_end, one) in enumerate(drawn):
        assert one.columns <= limit
        for b_start, b_end, other in drawn[index + 1 :]:
            if a_start < b_end and b_start < a_end:
                assert one.column + one.span <= other.column or other.column + other.span <= one.column
    for tile in hidden:
        assert tile.slot.column == limit - 1
        assert all(tile.start <= items[key][0] and items[key][1] <= tile.end for key in tile.keys)


def test_the_longest_comes_first_and_others_widen_over_what_is_free() -> None:
    slots = pack([(0, 60, "short"), (0, 180, "long"), (90, 180, "late"), (0, 30, "tiny")])
    assert slots["long"] == Slot(0, 1, 3)
    assert slots["late"] == Slot(1, 2, 3)


def test_back_to_back_items_do_not_narrow_each_other() -> None:
    assert pack([(0, 60, 1), (60, 120, 2)]) == {1: Slot(0, 1, 1), 2: Slot(0, 1, 1)}


def test_only_a_cluster_that_is_too_wide_gets_a_tile() -> None:
    crowd = [(0.0, 60.0, key) for key in range(8)]
    slots, hidden = pack_limited([*crowd, (100, 160, 99)], 5)
    assert len(slots) == 5
    assert slots[99] == Slot(0, 1, 1)
    assert [len(tile.keys) for tile in hidden] == [4]
    assert widest(crowd) == 8
    assert widest([]) == 0
