"""Taking letters about a story: comments, tips and notices; and the forms for them.

The thanks are put together first and sent last, so that once a letter is stored nothing is
left that could fail and have its writer send it twice.
"""

from contextlib import suppress

from letterdesk.domain.ids import new_id
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.domain.story import Story
from letterdesk.domain.text import tame
from letterdesk.letterbox import intake
from letterdesk.letterbox.answers import EMPTY, Answer, filled_in
from letterdesk.letterbox.box import Box
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.request import Form, Request
from letterdesk.letterbox.stories import Row


async def take_comment(box: Box, request: Request, story_id: str) -> Answer:
    """POST /t/STORY/comments: take a letter, or with `preview` only show it."""
    fields, story = await _read(box, request, story_id, form=Form.LETTER)
    if not story.is_open:
        raise Refused("story-closed")
    if "sealed" in fields and "preview" not in fields:
        return await _take_sealed(box, request, story, fields)
    counts_once = _mark(fields)
    taken = intake.comment(fields, story=story, today=box.today())
    if taken.letter.reply_to:
        await _published(box, story, taken.letter.reply_to, field="reply_to")
    if "preview" in fields:
        return await _preview(box, request, taken.letter)
    if request.wants_json:
        thanks = box.answers.data({"receipt": taken.code}, status=201)
    else:
        thanks = box.answers.page_with_code(
            request,
            "thanks.html",
            status=201,
            story=story,
            letter_is=_is(taken.letter),
            counts_once=counts_once,
            code=taken.code,
        )
    await box.store(taken.letter, proof=fields.get("altcha", ""))
    return thanks


def _is(letter: Letter) -> str:
    """Give what a letter is, by the names of reader/templates/parts/steps.html."""
    is_tip = letter.kind is LetterKind.TIP
    return "tip" if is_tip else "as_written" if letter.as_written else "comment"


def _mark(fields: dict[str, str]) -> bool:
    """Say whether a form counts once however often it is sent; from now on it does.

    Where nobody can say whether it was stored it is handed back with this mark, and is the
    same letter when it comes again.
    """
    was_marked = bool(fields.get("once"))
    fields["once"] = fields.get("once") or new_id()
    return was_marked


async def _take_sealed(
    box: Box, request: Request, story: Story, fields: intake.Fields
) -> Answer:
    """Store what was sealed in the browser, which has made the receipt code, too."""
    envelope = intake.sealed(fields, keys=box.keys.all())
    if request.wants_json:
        thanks = box.answers.data({"taken": "sealed"}, status=201)
    else:
        thanks = box.answers.page(
            request, "taken.html", status=201, kind="sealed", counts_once=True, code=""
        )
    await box.store_sealed(envelope, story=story.id, proof=fields.get("altcha", ""))
    return thanks


async def take_notice(box: Box, request: Request, story_id: str) -> Answer:
    """POST /t/STORY/notices. A notice is taken of a closed story too."""
    fields, story = await _read(box, request, story_id, form=Form.NOTICE)
    counts_once = _mark(fields)
    try:
        taken = intake.notice(fields, story=story, today=box.today())
    except Refused:
        with suppress(Refused):
            request.about = await box.stories.comment(story.id, fields.get("comment", ""))
        raise
    await _published(box, story, taken.letter.comment, field="comment")
    if request.wants_json:
        thanks = box.answers.data({"receipt": taken.code}, status=202)
    else:
        thanks = box.answers.page_with_code(
            request,
            "taken.html",
            status=202,
            kind="notice",
            counts_once=counts_once,
            code=taken.code,
        )
    await box.store(taken.letter, proof=fields.get("altcha", ""))
    return thanks


async def show_reply(box: Box, request: Request, story_id: str) -> Answer:
    """GET /t/STORY/reply?to=COMMENT: the form, below the comment that it answers."""
    story = await _find(box, request, story_id)
    comment = await _asked_for(box, request, story, "to")
    values = EMPTY | {"reply_to": str(comment["id"])}
    return box.answers.empty_form(
        request,
        "reply.html",
        story=story,
        comment=comment,
        values=values,
        state=box.floods.outlook(story.id),
    )


async def show_notice(box: Box, request: Request, story_id: str) -> Answer:
    """GET /t/STORY/notices?comment=COMMENT: the form to report a comment."""
    story = await _find(box, request, story_id)
    about = await _asked_for(box, request, story, "comment")
    comment = str(about["id"])
    return box.answers.empty_form(
        request,
        "notice.html",
        story=story,
        comment=comment,
        about=about,
        address=await box.stories.address(story.id, comment),
        error="",
        field="",
        values=EMPTY,
    )


async def give_challenge(box: Box, request: Request, story_id: str) -> Answer:
    """GET /t/STORY/challenge: work for a browser whose letter shall have a fast lane."""
    story = await _find(box, request, story_id)
    return box.answers.data(box.floods.challenge(story.id))


async def note_story(box: Box, request: Request, story_id: str) -> None:
    """Note which story of ours, if any, a request is about: a refusal can lead there."""
    with suppress(Refused):
        await _find(box, request, story_id)


async def _preview(box: Box, request: Request, letter: Letter) -> Answer:
    """Give a letter back as it would appear, and the rules that it should keep.

    Nothing is stored, and it takes no room from anybody's letter.
    """
    language = box.answers.language(request)
    rules = await box.terms.find(language)
    if not request.wants_json:
        return box.answers.page(
            request,
            "preview.html",
            story=request.story,
            letter=letter,
            rules=rules.rules,
            state=box.floods.outlook(letter.story),
            values=filled_in(request.typed),
        )
    return box.answers.data(
        {
            "text": tame(letter.text),
            "name": tame(letter.name),
            "as_written": letter.as_written,
            "tip": letter.kind is LetterKind.TIP,
            "terms": rules.version,
            "rules": [
                {"number": rule.number, "title": rule.title, "text": rule.text}
                for rule in rules.rules
            ],
            "state": box.floods.state(letter.story),
        }
    )


async def _read(
    box: Box, request: Request, story_id: str, *, form: Form
) -> tuple[dict[str, str], Story]:
    """Give the fields of a form, and the story that it is about.

    A form that is refused is handed back as one about its story, if there is such a story.
    """
    request.form = form
    try:
        fields = await request.fields(seconds=box.patience)
    except Refused:
        with suppress(Refused):
            await _find(box, request, story_id)
        raise
    return fields, await _find(box, request, story_id)


async def _find(box: Box, request: Request, story_id: str) -> Story:
    request.story = await box.stories.find(story_id)
    request.language = request.story.language
    request.terms = await box.terms.find(box.answers.language(request))
    return request.story


async def _asked_for(box: Box, request: Request, story: Story, field: str) -> Row:
    row = await box.stories.comment(story.id, request.query().get(field, ""))
    if row is None:
        raise Refused("not-found")
    return row


async def _published(box: Box, story: Story, comment_id: str, *, field: str) -> None:
    if not await box.stories.has(story.id, comment_id):
        raise Refused("reply-unknown", field=field)
