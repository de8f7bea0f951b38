"""Reading and changing JSON values at a path."""

import pytest

from covage_model.ground.json_value import ABSENT, at, path_of, placed, with_value, without


def test_digits_number_the_items_of_a_list_and_name_the_members_of_an_object() -> None:
    data = {"0": [{"1": "x"}]}
    assert path_of(data, ("0", "0", "1")) == ("0", 0, "1")
    assert at(data, ("0", 0, "1")) == "x"
    assert without(data, ("0", 0, "1")) == {"0": [{}]}


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        ({}, ("a", "b"), {"a": {"b": 9}}),
        ({"a": 1}, ("a", "b"), {"a": {"b": 9}}),
        ([1], (0,), [9]),
        ([1], (7, "a"), [1, {"a": 9}]),
        (1, (), 9),
    ],
)
def test_a_value_is_placed_and_its_holders_are_made(
    data: object, path: tuple[str | int, ...], expected: object
) -> None:
    assert placed(data, path, 9) == expected


def test_a_value_without_a_holder_is_not_set() -> None:
    assert with_value({"a": 1}, ("a", "b"), 9) == {"a": 1}
    assert with_value([1], (1,), 9) == [1]
    assert with_value([1], (), 9) == 9


def test_what_is_not_there_cannot_be_removed_and_the_whole_can() -> None:
    data = {"a": [1, 2]}
    assert without(data, ("a", 2)) is data
    assert without(data, ("a", 0)) == {"a": [2]}
    assert without(data, ()) is ABSENT
    assert data == {"a": [1, 2]}
