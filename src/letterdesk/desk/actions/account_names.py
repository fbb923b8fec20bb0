"""How people and programs may be called: nobody passes for a colleague."""

from letterdesk.desk.models import User
from letterdesk.desk.queries.account_names import RESERVED, alike, has_unseen
from letterdesk.desk.queries.people import COMMAND, Person, usernames
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.text import clean, is_blank, one_line

LONGEST = 150  # characters of a name


class PersonWrong(LetterdeskError):
    """A name, a role or a password that cannot be used; `code` says which."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def check_name(name: str) -> None:
    """Raise PersonWrong or LetterRefused when this could not be a name."""
    written = one_line(clean(name, field="name", longest=LONGEST))
    if is_blank(written) or written != name:
        raise PersonWrong("name-wrong", "A name has letters, and no space around it.")


def check_new_name(name: str, *, by: Person) -> None:
    """Raise PersonWrong or LetterRefused when nobody new may be called so.

    Of the names that the audit log uses itself the shell may take one.
    """
    check_name(name)
    _refuse_unseen(name)
    if by != COMMAND and alike(name, RESERVED):
        raise PersonWrong(
            "name-reserved",
            "The audit log uses this name for a part of Letterdesk. Choose another.",
        )
    if User.objects.filter(username__iexact=name).exists():  # sign-in takes either case
        raise PersonWrong(
            "name-taken",
            f"There is an account {name} already. Choose another name; if its owner lost "
            "her password, letterdesk user reset gives her a new one.",
        )
    if known := alike(name, usernames()):
        raise PersonWrong(
            "name-alike",
            f"There is an account {known}, which looks the same. Choose another name.",
        )


def own_pseudonym(user: User, written: str) -> str:
    """Give a pseudonym that nobody else has, and that is not anybody's user name.

    Raises PersonWrong, LetterRefused.
    """
    name = one_line(clean(written, field="pseudonym", longest=LONGEST))
    if is_blank(name):
        raise PersonWrong("pseudonym-wrong", "A pseudonym has letters.")
    _refuse_unseen(name)
    others = User.objects.exclude(pk=user.pk).values_list("pseudonym", flat=True)
    if alike(name, others):
        raise PersonWrong("pseudonym-taken", "Somebody else has this pseudonym.")
    if alike(name, usernames()):
        raise PersonWrong("pseudonym-taken", "Somebody has this for a user name.")
    return name


def free_pseudonym(role: str) -> str:
    """Give a name for the outside that nobody has: "Moderator 7"."""
    number = User.objects.count() + 1
    while User.objects.filter(pseudonym=f"{role.title()} {number}").exists():
        number += 1
    return f"{role.title()} {number}"


def _refuse_unseen(name: str) -> None:
    if has_unseen(name):
        raise PersonWrong(
            "name-unseen",
            "There are characters in it that cannot be seen, or that turn the direction of "
            "writing. Remove them.",
        )
