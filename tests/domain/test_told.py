import pytest

from letterdesk.domain.told import few, some, typed


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b", "c", "d", "e"], "a, b, c, d, e"),
        (["a", "b", "c", "d", "e", "f", "g"], "a, b, c, d, e, and 2 more"),
        (["a\x1b[2Jb", "새 이름"], "'a\\x1b[2Jb', 새 이름"),
    ],
)
def test_a_few_stand_for_all_and_move_no_terminal(names: list[str], told: str) -> None:
    assert few(names) == told
    assert some(names) == f"{len(names)} ({told})"


def test_commands_name_the_folder_that_they_are_about() -> None:
    told = "Do letterdesk unopened discard FOLDER 1, and restore it with --published FOLDER"

    assert typed(told, "my news") == told.replace("discard FOLDER", "discard 'my news'")
    assert typed("letterdesk restore FILE NEWFOLDER", "r1") == (
        "letterdesk restore FILE NEWFOLDER"
    )


def test_a_folder_that_begins_with_a_dash_is_no_option() -> None:
    assert typed("letterdesk check FOLDER", "-my news") == "letterdesk check './-my news'"
    assert typed("letterdesk check FOLDER", "/-news") == "letterdesk check /-news"
