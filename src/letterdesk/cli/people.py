"""Accounts, and tokens for programs."""

import click

from letterdesk.cli.answers import answer, table, today
from letterdesk.cli.options import ROLES, TOKEN_ROLES, Form, answers_json, at_desk


@click.group()
def user() -> None:
    """Give people accounts at the desk."""


@user.command("add")
@at_desk
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--desk", "desks", multiple=True, help="Her desk; again for more; none: all.")
@answers_json
def user_add(name: str, role: str, desks: tuple[str, ...], form: Form) -> None:
    """Make an account for NAME, and print its first password: now or never."""
    from letterdesk.desk.actions.people import add_user

    password = add_user(name, role, desks=desks, today=today())
    click.echo(f"{name} can sign in with this first password; it is not kept:", err=True)
    answer(form, password, {"name": name, "role": role, "password": password})


@user.command("list")
@at_desk
@answers_json
def user_list(form: Form) -> None:
    """List every account: its role, desks, pseudonym, and whether it is open."""
    from letterdesk.desk.queries.accounts import accounts, facts
    from letterdesk.desk.queries.people import COMMAND

    found = [facts(one) for one in accounts(COMMAND)]
    names = [{name: name for name in one} for one in found[:1]]
    answer(form, table([*names, *found]), {"users": found})


@user.command("close")
@at_desk
@click.argument("name")
@answers_json
def user_close(name: str, form: Form) -> None:
    """Close the account of NAME, its sign-ins and its tokens, now."""
    from letterdesk.desk.actions.people import deactivate

    deactivate(name, today=today())
    answer(form, f"The account {name} is closed.", {"name": name, "open": False})


@user.command("reopen")
@at_desk
@click.argument("name")
@answers_json
def user_reopen(name: str, form: Form) -> None:
    """Open the account of NAME again, with the password that it had."""
    from letterdesk.desk.actions.people import reopen

    reopen(name, today=today())
    answer(form, f"The account {name} is open.", {"name": name, "open": True})


@user.command("reset")
@at_desk
@click.argument("name")
@answers_json
def user_reset(name: str, form: Form) -> None:
    """Print a new first password for NAME, who lost hers; her second factors end."""
    from letterdesk.desk.actions.resets import reset

    password = reset(name, today=today())
    click.echo(f"{name} can sign in with this first password; it is not kept:", err=True)
    answer(form, password, {"name": name, "password": password})


@user.command("confirm")
@at_desk
@click.argument("name")
@answers_json
def user_confirm(name: str, form: Form) -> None:
    """Let NAME count as a second person, where no other admin can confirm the account."""
    from letterdesk.desk.actions.confirm import confirm

    confirm(name, today=today())
    sentence = f"{name} counts as a person of her own where two people are needed."
    answer(form, sentence, {"name": name, "confirmed": True})


@click.group()
def token() -> None:
    """Give programs access to the desk's API."""


@token.command("add")
@at_desk
@click.argument("name")
@click.option("--role", type=click.Choice(TOKEN_ROLES), required=True)
@answers_json
def token_add(name: str, role: str, form: Form) -> None:
    """Make a token that acts in the name of NAME, and print it: now or never."""
    from letterdesk.desk.actions.tokens import add_token

    made = add_token(name, role, today=today())
    click.echo(f"A token of {name}, as {role}; only its digest is kept:", err=True)
    answer(form, made, {"name": name, "role": role, "token": made})


@token.command("list")
@at_desk
@answers_json
def token_list(form: Form) -> None:
    """List the tokens: number, person, role, day. What opens them is not known."""
    from letterdesk.desk.queries.accounts import accounts
    from letterdesk.desk.queries.people import COMMAND

    found = [
        {"id": one.id, "name": who.name, "role": one.role, "created": str(one.created)}
        for who in accounts(COMMAND)
        for one in who.tokens
    ]
    answer(form, table(found), {"tokens": found})


@token.command("revoke")
@at_desk
@click.argument("number", type=int)
@answers_json
def token_revoke(number: int, form: Form) -> None:
    """Take away the token that `token list` shows under NUMBER."""
    from letterdesk.desk.actions.tokens import revoke_token

    revoke_token(number, today=today())
    answer(form, f"Token {number} opens nothing any more.", {"id": number})
