"""Who works at the demo newsroom, and who of them may be signed in as."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Worker:
    """An account of the demo; without desks of its own it sees every one."""

    name: str
    role: str
    desks: tuple[str, ...] = ()


TEAM = (  # whoever stands first decides first; the admin is there for people and tokens
    Worker(name="mira", role="moderator"),
    Worker(name="tomas", role="editor"),
    Worker(name="dasol", role="moderator", desks=("korean",)),
    Worker(name="weilin", role="moderator", desks=("chinese",)),
    Worker(name="ines", role="admin"),
)
SIGN_INS = tuple(one for one in TEAM if not one.desks)  # those that `demo` tells
