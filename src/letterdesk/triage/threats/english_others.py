"""Threats in English that are put otherwise than "I will kill you": "you will be shot".

`rules.py` says how words and patterns are written. A word for what is done to somebody
("shot", "hanged") belongs in `_DONE_TO`; a new way to put a threat in `OTHERS`, by examples
of what it finds, and with words that no such threat is without. What says less than it
means ("you will be sorry") is in `english_veiled.py`.
"""

from letterdesk.triage.threats.rules import either, first_words, other

_FILMED = either("""
    angle black_and_white cameras? colou?r digital drones? film iphone lens(es)? light
    location phones? portrait set studio tripod video
""")
_WITH = "(with|on|in|from|through|at|using)_((an?|the|his|her|my|your)_)?"
_SHOT = rf"shot(?!_down|_{_WITH}(\w+_){{0,2}}?{_FILMED}\b)"  # a film, a picture
_WALL = either("""
    galler(y|ies) halls? museums? walls? kitchen lobby display frame fireplace door fridge
    bed
""")
_HUNG = rf"hung(?!_(in|on|up|over|above|beside|next)_(\w+_)?{_WALL}\b)"  # a picture
_BURNT = "(_alive|_at_the_stake|_down)?"
_DONE_TO = f"""
    {_SHOT} hanged {_HUNG} lynched stabbed killed murdered beheaded executed gassed raped
    drowned strangled exterminated stoned skinned crucified poisoned castrated slaughtered
    tortured bombed torched strung_up run_over buried_alive put_down put_to_death
    beaten_(up|to_death|to_a_pulp|bloody|with) burned{_BURNT} burnt{_BURNT}
    lined_up_(against|and_shot|in_front)
    put_(up_)?against_(a|the)_wall stood_(up_)?against_(a|the)_wall
"""
DONE = either(_DONE_TO) + r"\b"  # hung, and not hungry
_DONE_WORDS = " ".join(first_words(_DONE_TO))


WANTED = either("""
    reporter journalist writer author editor judge lawyer prosecutor officer cop witness
    victim suspect defendant teacher doctor nurse politician mayor minister guy bastard
    bitch whore family wife husband widow mother father daughter son children kids parents
    brother sister girlfriend boyfriend
""")
_WANTED_ONE = rf"(the|this|that|his|her|their)_([a-z]+'s_)?{WANTED}"
_OF_OTHERS = f"he|she|they|{_WANTED_ONE}"
_WILL_BE = "('ll|_will|'s_going_to|_is_going_to|'re_going_to|_are_going_to)"
_SOON = either("""
    (mon|tues|wednes|thurs|fri|satur|sun)day (next|this)_week midnight sunrise dawn
    (the_)?(morning|weekend|end_of_(the|this)_(day|month|week)) tomorrow nightfall
""")
_SENT = "(sent|put|shipped|packed|thrown|marched)(_off)?(_to|_into|_in)"
_CAMP = either("""
    (concentration|death|extermination|labou?r|internment|re-?education)_camps? gulags?
    gas_chambers? auschwitz
""")
_HANG = "hang die burn swing"
_WATERS = "canal grave lake river trunk well woods"
WILL_NOT = either("""
    'll_never _will_never _won't _will_not _shall_not 'll_not
    _are_not_going_to 're_not_going_to ('re|_are)_never_going_to ('re|_are)_not_gonna
""")
_SOME_CORNER = either("""
    corner country island paradise part place region town valley village
""")

OTHERS = {
    "they should all be hanged": other(
        "should ought need needs deserve deserves",
        f"""
        (should|ought_to|needs?_to|deserves?_to)(_all|_both|_just|_really)?(_have)?
        _(be|been|get)_{DONE}
        """,
    ),
    "they should be rounded up and sent to the camps / must be rounded up and shot"
    " / ought to be sent to a labour camp / should all be sent to the ovens": other(
        f"rounded camp camps gulag gulags gas ovens auschwitz {_DONE_WORDS}",
        rf"""
        (should|ought_to|needs?_to|deserves?_to|must)(_all|_both|_just)?_(be|get)_(
            rounded_up(,|_and|,_and)_(
                {_SENT}_(the_|a_)?({_CAMP}|camps) | {DONE}
            )
            | {_SENT}_(the_|a_)?{_CAMP} | sent_to_the_ovens
        )\b (?![^.!?\n]*\?)
        """,
    ),
    "people like her do not deserve to breathe / doesn't deserve to be alive": other(
        "deserve",
        r"""
        (?<!i_)(?<!we_)(do_not|don't|does_not|doesn't)_(even_)?deserve_to_(
            breathe(_(the_same|our|another)_\w+)? | exist | be_alive
            | live(_another_(day|minute))? | walk_this_earth
        )
        (?=[.,;!]|$|_(any_?more|any_longer|among_us|after|for_(this|what))\b)
        (?![^.!?\n]*\?)
        """,
    ),
    "hope she gets raped": other(
        f"{_DONE_WORDS} suffer hang",
        rf"""
        (?<!who_)(?<!they_)(hope|hoping|want|wants|wish|love|like|wait)(_that|_to_see|_to_watch)?
        _((?!who)\w+_){{1,3}}?(gets?_|be_|is_|are_)?({DONE}|hang(?=[.,;!?]|$)|suffer\b)
        """,
    ),
    "they should hang for this": other(
        _HANG,
        f"""
        (should|ought_to|deserves?_to)(_all)?_{either(_HANG)}
        (_for_this|_slowly|_screaming|_in_pain|_in_(hell|agony)|(?=[.,;!?]|$))
        """,
    ),
    # To her whom it is about.
    "you will be shot / you'll hang / you'll die slowly / you'll pay in blood": other(
        f"""
        {_DONE_WORDS} die burn hang coffin body bodybag box blood life head dead born walk
        """,
        rf"""
        you('ll|_will|_are_going_to|'re_going_to|'re_gonna)(_all|_both)?_(
            be_{DONE}
            | hang(_for)?(?=[.,;!?\"]|$|_(for|and|if|when|one|soon|already|by|or)\b)
            | die_(for_this|soon|slowly|screaming|like|today|tonight) | burn_for
            | leave_(\w+_)?in_a_(coffin|body_?bag|box)
            | pay_(for_(this|it|that)_)?(
                in_blood | with_your_(own_)?(blood|head|life(?!_savings))\b
            )
            | wish_you_(were|had)_(dead|never_been_born) | never_walk_again
        )
        """,
    ),
    "you won't live to / you'll never see another day / you will not be safe": other(
        "live see make walk safe",
        rf"""
        you{WILL_NOT}_(
            live_to
            | see_(
                another_(christmas|day|morning|sunrise|spring|summer|winter)
                | tomorrow(?!') | christmas
                | the_(next_)?(spring|summer|autumn|fall|winter|sunrise|morning
                    |end_of_(the|this)_(day|month|week|year))\b
            )
            | make_it_(home|out) | walk_again | be_safe
        )
        """,
    ),
    "you will be dead by friday": other(
        "dead",
        rf"(you|he|she){_WILL_BE}_(all_|both_)?be_dead_(by|before|within)_{_SOON}\b",
    ),
    "you will end up in the river / found in a lake": other(
        _WATERS,
        rf"""
        (
            (you|he|she|(your|his|her)_(body|corpse)){_WILL_BE}(_all|_both|_soon)?
                _(be_(found|dumped|floating)|end_up|wind_up|turn_up)
            | (hope|want)(_to_see)?_(you|he|she)('re|'s|_are|_is)?_found
            | (^|(?<=[.!?;])|(?<=[.!?;]_))found
        )(_\w+)?_(in|at_the_bottom_of)_(the|an?)_(\w+_)?{either(_WATERS)}\b
        """,
    ),
    "you're a dead man / you are dead meat / you're next": other(
        "dead next",
        """
        you('re|_are)(_all|_both|_so)?_(
            a_dead_(man|woman|girl|boy|bitch) | dead_meat | dead_men
            | dead(?=[,.;!?]|$|_if|_when) | next(?=[,.;!?]|$)
        )
        """,
    ),
    "she won't walk again": other("walk", "(he|she)_won't_walk_again"),
    "your days are numbered / count your days": other(
        "numbered counted count",
        "your_(days|hours)_are_(numbered|counted) | count_your_days",
    ),
    "do you want to see your kids again": other(
        "again",
        r"""
        (do_you_|you_)?(want|like)_to_see_your_(\w+_)?
        (daughter|son|kids?|children|family|wife|husband|mother|boy|girl)s?(_ever)?_again
        """,
    ),
    # We know where you are.
    "i know where you live / we know which school your / i found out your address"
    " / we know where your children go to school": other(
        "know found figured",
        rf"""
        (i|we)(_all)?_(know|found_out|have_found_out|figured_out)(_exactly|_very_well)?_(
            where_(you|he|she|they|(your|his|her|their)_\w+)(_\w+){{0,2}}?
                _(lives?|works?|sleeps?|parks?|goes_to_school|hides?|drinks?)\b
                (?!
                    _on\b | _with\b | [:,;–—-]?_?in_(our|my|your)_(hearts?|memor\w+)
                    | [:,;–—-]?_?(it's_)?in_(an?|the|one_of_the)_([\w-]+_){{0,3}}?
                        {_SOME_CORNER}s?\b
                )
            | where_(you|(your|his|her|their)_\w+)_go_to_school\b(?!_(by|in|next|on|with)\b)
            | (which|what)_(school|car|bus|train|house|street|route|flat|gym|church)
                (_\w+){{0,2}}?_(you|he|she|they|your|his|her|their)\b
            | your_(home_)?address | what_time_(you|he|she|your)
        )
        """,
    ),
    # Who tells us where somebody is?
    "does anyone know where this judge lives / who knows where she works"
    " / can somebody tell us his address / anyone got her home address": other(
        "lives live works address",
        rf"""
        (any_?(one|body)|who|some_?(one|body))(_here|_else|_can|_could|_please)?_
        (got|have|has|know|knows|find|finds|tell_(me|us)|give_(me|us)|post|posts|share)_(out_)?(
            where_({_OF_OTHERS})_(lives?|works)\b(?!_(for|on|with|as)\b)
            | (his|her|this_{WANTED}'s|that_{WANTED}'s)_(home_|house_|private_)?address
        )
        """,
    ),
    "where does the victim's wife live / where do his children live": other(
        "live",
        rf"""
        where_(do|does)_({_WANTED_ONE})_live(_now)?(?=_?([?!]|$))
        """,
    ),
    "we have your address": other(
        "address", "(i|we)(_have|'ve_got|'ve|_got)_your_(home_)?address"
    ),
    "i'm coming for you": other(
        "coming",
        r"(i|we)('m|_am|'re|_are)_coming_(for|after)_(you|him|her|them|your)\b",
    ),
    "i will find you / we'll be waiting for her outside / we'll pay you a visit"
    " / we'll be at your house": other(
        "find track waiting visit door house get come",
        r"""
        (i|we)('ll|_will|'re_going_to|'m_going_to)_(
            (find|get|track_down)_(you|him|her|them)(?=[.,;!?]|$|_one_day|_wherever|_and)
            | be_waiting_for_(you|him|her|them)_(outside|at|after|when|behind|in_the_dark)
            | come_for_(you|him|her|them|your)\b
            | pay_(you|him|her|them)_a_visit
            | be_at_your_(door|house)\b(?!_(for|to_(celebrate|help|pick|see|watch))_)
        )
        """,
    ),
    "watch your back / sleep with one eye open / look over your shoulder": other(
        "watch sleep shoulder running",
        """
        watch_your_back(?!_when|_as_you|_if_you_(lift|carry))
        | sleep_with_(one_eye|both_eyes)_open | (look|keep_looking)_over_your_shoulder
        | (start|better)_running(?=[.,;!?]|$)
        """,
    ),
    "a bullet with your name on it / a rope around her neck": other(
        "eyes name neck",
        """
        (a|the)_(bullet|noose|rope|knife)_(
            between_(the|your|his|her)_eyes | with_(your|his|her|their)_name_on_it
            | (round|around)_(your|his|her|their)_neck
        )
        """,
    ),
    "he deserves a bullet / she needs a good lynching": other(
        """
        bullet bullets rope ropes noose nooses gallows firing
        hanging lynching stabbing raping
        """,
        """
        (deserves?|needs?|earned|asking_for|only_good_for)_(a_|the_)?(
            bullets? | ropes? | nooses? | gallows | firing_squads?
            | good_(hanging|lynching|stabbing|raping)
        )
        """,
    ),
    "rope. tree. journalist. some assembly required / some assembly required": other(
        "assembly",
        r"""
        rope[.,;]?_tree[.,;]?_\w+[.,;]?_some_assembly_required | some_assembly_required
        """,
    ),
    "why has nobody shot / how come nobody has killed": other(
        f"{_DONE_WORDS} kill shoot put burn",
        f"""
        (why|how_come)(_has|_hasn't|_did|_didn't|_does|_is)?(_it_that)?
        _(nobody|no_?one|some_?(one|body)|any_?(one|body))(_has)?(_yet|_ever|_just)?
        _({DONE}|kill|shoot|put_a_bullet|burn)
        """,
    ),
    "somebody is going to throw acid / they will burn her house down": other(
        "acid bullet burn slit",
        r"""
        (some_?(one|body)|we|they)_(will|is_going_to|are_going_to)_(
            throw_acid | put_a_bullet | burn_(your|his|her|their)_\w+_down
            | slit_(your|his|her|their)
        )
        """,
    ),
    "kill yourself / go kill yourself / why don't you just die / drop dead": other(
        "kill hang die drop kys",
        r"""
        (
            ((?<=[.!?,;:]_)|^)(just_)?(fucking_)?
            ((kill|hang)_yourself | drop_dead(?!_gorgeous))
            | (go|you_should|you_should_all|why_don't_you|please)_(and_|just_|fucking_)*
            ((kill|hang)_yourself | die(?=[.,;!?]|$))
            | kys
        )(?!_(laughing|trying|over|for|with|to)\b|\w)
        """,
    ),
}
