import errno

import pytest

from letterdesk.domain.errors import PlaceFailed, SettingWrong
from letterdesk.failures import explain, reason, unexpected, will_pass

SECRET = "Ilsa Dorrech lives at 5 Mill Lane"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (SettingWrong("Mend that line."), "Mend that line."),
        (
            OSError(errno.ENOSPC, "No space left on device", "/srv/news/spool/x"),
            "The disk is full: /srv/news/spool/x could not be written. Make room on it.",
        ),
        (
            OSError(errno.EDQUOT, "Disk quota exceeded"),
            "The disk is full: a file could not be written. Make room on it.",
        ),
        (
            OSError(errno.EROFS, "Read-only file system", "/srv/news"),
            "/srv/news cannot be written: it lies on a read-only disk.",
        ),
        (
            PermissionError(errno.EACCES, "Permission denied", "/srv/news/keys"),
            "This user may not use /srv/news/keys. Run the command as the user to whom the "
            "newsroom's folder belongs.",
        ),
        (
            NotADirectoryError(errno.ENOTDIR, "Not a directory", "/x"),
            "/x cannot be used: a file stands where a folder is due. Choose another place.",
        ),
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory", "/proc/nope"),
            "/proc/nope is not there, and cannot be made where its folder is not. Check "
            "how it is written, or choose another place.",
        ),
        (
            IsADirectoryError(errno.EISDIR, "Is a directory", "/srv/news"),
            "/srv/news is a folder, and a file is due. Name a file.",
        ),
        (
            OSError(errno.ENAMETOOLONG, "File name too long", "/x"),
            "/x cannot be used: file name too long. Check it, or choose another place.",
        ),
    ],
)
def test_a_failure_of_the_machine_is_explained(error: Exception, sentence: str) -> None:
    assert explain(error) == sentence


def test_what_nobody_foresaw_is_told_without_its_words() -> None:
    with pytest.raises(KeyError) as caught:
        raise KeyError(SECRET)

    assert explain(caught.value) is None
    assert SECRET not in unexpected(caught.value)
    assert unexpected(caught.value).startswith(
        "This should not have happened: KeyError at test_failures.py:"
    )


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "Could not store r/7K/7KQ2M0: Permission denied. Let her use /srv/public/r/7K.",
            "Could not store r/…: Permission denied. Let her use /srv/public/r/….",
        ),
        ("Could not store t/7KQ2M0/index.html: File exists.", None),
    ],
)
def test_a_log_never_says_which_outcome_could_not_be_stored(sentence, said):
    assert reason(PlaceFailed(sentence)) == f"code=place-failed {said or sentence}"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_full_disk_passes(number: int) -> None:
    assert will_pass(OSError(number, "words", "desk.db"))


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOENT, "words", "a"), PlaceFailed("It is gone."), None]
)
def test_what_somebody_has_to_mend_does_not_pass(error: Exception | None) -> None:
    assert not will_pass(error)
