"""The canonical frame of a stored fact: one fact, one frame; two facts, two frames."""

from __future__ import annotations

from struct import unpack_from

from hypothesis import given
from hypothesis import strategies as st

from tierslieu_core.kernel.envelope import frame

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
ROWS = st.tuples(st.integers(0, 2**64 - 1), TEXTS, st.lists(TEXTS, max_size=3), st.binary(max_size=6))


def _unframed(data: bytes) -> tuple[int, str, list[str], bytes]:
    """What a stranger reads in a frame, from its description alone."""
    (position,), at = unpack_from(">Q", data), 8

    def part() -> bytes:
        nonlocal at
        (length,) = unpack_from(">I", data, at)
        at += 4 + length
        return data[at - length : at]

    kind = part().decode()
    (tags,) = unpack_from(">I", data, at)
    at += 4
    found = position, kind, [part().decode() for _ in range(tags)], part()
    assert at == len(data)
    return found


@given(ROWS)
def test_a_frame_says_all_of_its_fact_to_the_byte(row: tuple[int, str, list[str], bytes]):
    assert _unframed(frame(*row)) == row


@given(ROWS, ROWS)
def test_two_facts_have_two_frames(one: tuple[int, str, list[str], bytes], other: tuple[int, str, list[str], bytes]):
    assert (frame(*one) == frame(*other)) == (one == other)


def test_the_frame_of_one_fact_is_this_one_for_ever():
    assert frame(1, "a.B", ["x:1", "é"], b"{}").hex() == (
        "000000000000000100000003612e420000000200000003783a3100000002c3a9000000027b7d"
    )  # fmt: skip
