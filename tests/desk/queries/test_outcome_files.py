from dataclasses import replace

from letterdesk.desk.actions.publish import publish
from letterdesk.desk.queries.outcome_files import wrong_outcomes
from letterdesk.desk.queries.people import Person
from letterdesk.places.folder import Folder
from letterdesk.sealing import open_outcome, seal_outcome
from letterdesk.settings import Settings
from tests.desk import rows
from tests.values import TODAY


def test_outcome_names_the_letters_language_and_is_no_worse_for_naming_none(
    public: Folder, newsroom: Settings, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story(), language="ko")
    rows.approve(comment, moderator)
    publish(public, newsroom=newsroom, today=TODAY)
    key = bytes(comment.outcome_key)
    told = open_outcome(public.read, lookup=comment.lookup, key=key)
    older = seal_outcome(replace(told, written_in=""), lookup=comment.lookup, key=key)
    for path, raw in older.items():
        public.put(path, raw)

    wrong = wrong_outcomes(public)

    assert (told.language, told.written_in, wrong) == ("en", "ko", [])
