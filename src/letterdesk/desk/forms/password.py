"""A password that somebody chooses."""

from django.http import QueryDict

from letterdesk.desk.actions.account_names import PersonWrong


def read_new_password(post: QueryDict) -> str:
    """Give the new password that a form holds.

    It is typed twice where nobody could look at it: a script that shows it leaves the
    second field out. Raises PersonWrong (`password-differs`).
    """
    new = str(post.get("new", ""))
    if str(post.get("again", new)) != new:
        raise PersonWrong("password-differs", "You typed two passwords. Type one, twice.")
    return new
