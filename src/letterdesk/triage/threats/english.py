"""How threats are put in English: who is to do it, what, and to whom.

No verb alone is one: "kill" needs somebody who will, should, or is hoped to do it, and a
person to whom it is done. Patterns are tried on text without disguise, in small letters.

`rules.py` says how words and patterns are written. A verb that means kill belongs in
`_KILL`; what else may be done to somebody, in `DEEDS`, by an example of what it finds.
Threats that are put in another way ("you will be shot") are in `english_others.py`.
"""

import re
from functools import cache

from letterdesk.triage.threats.rules import either, first_words, pattern

# Who will, or should: each ends before a deed.
_WILL = "(i|we)(_really|_just|_seriously)?" + either("""
    'll _will _shall
    'm_(going|coming)_to 'm_gonna _am_(just_)?(going|coming)_to
    're_(going|coming)_to 're_gonna _are_(going|coming)_to _?gonna
    'd_(love|like)_to _would_(love|like)_to _want_to _wanna _can't_wait_to
    _(might|should)_just _have_to 'll_have_to _swear_to_god _ought_to 'd _would
""")
_OUGHT = either("should ought_to needs?_to must has_to have_to gotta had_better better")
_SOMEONE = either(rf"""
    (some_?(one|body)|one_of_(us|you))(_{_OUGHT}|_please|_will|_would|_could)?
    (any_?(one|body)|we|you|people|they|(the|a_real)_\w+)_{_OUGHT}
""")
_HOPE = "(hope|wish|pray|praying|hoping)(_that)?_" + (
    "(some_?(one|body)|they|he|she|you|i)(_(will|can|gets?_to|all))?"
)
_LETS = either("""
    let's lets let_us time_to who_wants_to who's_going_to who_will please(_go)?
    it_would_be_(best|better|good|nice)_to
""")
_FIRMLY = either(r"""
    just really finally please already go and all gladly happily personally simply \w+ing
""")

# To whom.
_PERSON = either("""
    man men woman women guy girl boy bitch bastard fucker motherfucker cunt whore
    reporter journalist hack writer author editor judge lawyer
    politician candidate minister mayor president traitor pig cop
    scum vermin rat dog snake animal cockroach parasite
    invader immigrant migrant refugee foreigner muslim jew christian hindu
    gay homo faggot fag dyke tranny black nigger spic paki gook chink retard cripple
    lib liberal commie fascist feminist teacher doctor nurse
    witness snitch leaker informer family families kids? children child
    daughter son wife husband mother father mom mum dad brother sister parent
    lot people persons? kinds?_of types?_of one_of_(them|you)
""")
_PEOPLE = f"{_PERSON}(e?s)?"
_WHICH = either("this that these those the every all all_the your his her their any an?")
_AFTER_HER = either(r"""
    after again alive all already and anyway as at because before but by dead down first
    for from good here high if immediately in instead into is just like lol multiple_times
    myself next now off on once one_day or ourselves out over please right since slow so
    some_day someday soon straight then there though
    till to today tomorrow tonight too twice under unless until up very_\w+ly when whenever
    where wherever while with without yourself yourselves
    the_(day|instant|minute|moment|second)_(he|i|she|they|we|you)
""")
# Herself, and not what is hers: hang her paintings.
_HER = rf"her(?=[^a-z'_]|$|_[^a-z]|_[a-z]+ly\b|_{_AFTER_HER}\b)"
_WHOM = either(rf"""
    you(_all|_people|_guys)?\b u\b ya\b him\b them(_all)?\b {_HER} 'em
    {_WHICH}(_[a-z'-]+){{0,2}}?_{_PEOPLE}\b {_PEOPLE}(?=[.,;!?]|$)
""")
_HIM_OR_HER = f"({_WHOM}|her)"  # where what follows cannot be hers
_WHOSE = either(r"""
    your his her their that_\w+'s this_\w+'s the_\w+'s every_\w+'s both_(your|his|her)
""")
_PARTS = either("""
    throats? necks? heads? skulls? faces? teeth legs? knees? kneecaps arms? fingers? hands?
    tongues? eyes? guts ribs jaws? bones? spines? balls wrists? brains?
""")
_PLACES = either("""
    house home flat office building newsroom mosque church synagogue temple shop studio car
    place camp shelter hostel centre center parliament station headquarters it_all
""")

# What is done; nearly every verb may take an s.
_KILL = """
    kill murder shoot stab knife gun hang lynch behead decapitate strangle choke slaughter
    execute drown poison rape torture gut gas skin exterminate eliminate massacre butcher
    castrate cripple maim run_over string_up mow_down gun_down put_down beat_up
"""
_WEEKDAY = "(satur|sun|mon|tues|wednes|thurs|fri)day"
_LONG = either("""
    bit day death few hour hundred million minute second thousand time week
""")
_MATCH = either("""
    final match game debate polls? league ring pitch field election penalties
""")
# What makes another deed of it: shoot her an e-mail, hang them on the wall.
_NO_DEED = either(rf"""
    _(the|some)_(e-?mail|message|text|line|note|look|glance|question|film)
    _(an?|another)_(?!(\w+_)?{_LONG}\b)
    _(with|by)_(kindness|love|laughter|good)
    _(on|in|up_on|up_in)_(the|my|our|a)_(wall|hall|kitchen|fridge|door|tree|garden)
    _(at|in|on)_(chess|cards|court|fifa|minecraft|mario|the_{_MATCH})
    _(on|next|this)_{_WEEKDAY} _down_(as|in|on)\b
    ,?_(\w+|\d)[_-](nil|\d)\b _off\b _(sooner|softly|slowly_with)\b
""")
DEEDS = {  # verbs, and what follows them
    "kill them": (_KILL, f"s?_{_WHOM}(?!{_NO_DEED})"),
    "put a bullet in her / put a bullet in that judge": (
        "put fire plant stick lodge empty",
        f"""
        s?_(a|the|two|some|another)
        _(bullets?|knife|blade|knives|axe|magazine|mag|clip|round|stake|brick)
        _(in|into|through|between|in_the_back_of)_({_WHOSE}|you|him|her|them|{_WHOM})
        """,
    ),
    "break his legs": (
        """
        slit cut slash slice rip tear bash smash break snap crush crack stomp kick punch
        stamp chop twist wring burn gouge blow cave knock
        """,
        rf"s?(_(out|off|open|in))?_(on_)?{_WHOSE}_(\w+_)?{_PARTS}(?!_of\b)",
    ),
    "burn down their house": (
        """
        burn torch bomb blow_up firebomb set_fire_to put_a_match_to take_a_match_to
        shoot_up raze
        """,
        rf"s?(_down|_up)?_({_WHOSE}|the|that|this)_(\w+_){{0,2}}?{_PLACES}s?",
    ),
    "burn him alive": (
        "burn",
        f"s?_{_WHOM}(_alive|_at_the_stake|_to_death|_down|_in|(?=[.,;!?]|$))",
    ),
    "bury you": ("bury", f"_{_WHOM}(_alive|_in|(?=[.,;!?]|$))"),
    "beat him to death / beat her senseless": (
        "beat",
        rf"""
        s?_({_WHOM}(_\w+){{0,2}}|her(?!_bloody_[a-z]))_
        (to_death|to_a_pulp|senseless|unconscious|bloody|black_and_blue|with_a_\w+
            |in_the_street)
        """,
    ),
    "hunt them down": ("hunt", f"s?_{_WHOM}_down"),
    "hunt down them": ("hunt_down", f"_{_WHOM}"),
    "throw acid at her": (
        "throw",
        "s?_(some_)?acid_(in|on|at|into|over)_(your|his|her|their|you|him|them)",
    ),
    "silence him for good": ("shut silence", f"s?_{_HIM_OR_HER}(_up)?_for_(good|ever)"),
    "drag her out of her house": (
        "drag",
        "s?_(you|him|her|them)_(out|through|from|behind)_",
    ),
    "run them over": ("run", f"s?_{_WHOM}_over"),
    "string him up": ("string", f"s?_{_WHOM}_up"),
    "put him in the ground": ("put", f"s?_{_WHOM}_(down(?!_as)|in_the_ground)"),
    "make him suffer / make her suffer": ("make", rf"s?_{_HIM_OR_HER}_suffer\b"),
    "wipe them out": ("wipe", f"s?_{_WHOM}_out"),
    "get rid of her once and for all": ("get", f"s?_rid_of_{_HIM_OR_HER}_once_and_for_all"),
    "end your life": ("end", r"s?_(your|his|her|their|(every|that)_\w+'s)_(life|lives)"),
    "take her out": ("take", "_(you|him|her|them)_out(?=[.,;!?]|$)"),
}

_DEED = f"({'|'.join(either(verbs) + then for verbs, then in DEEDS.values())})"
VERBS = frozenset(
    verb + end
    for verbs, _ in DEEDS.values()
    for verb in first_words(verbs)
    for end in ("", "s")
)
# Before a deed: who will, or should; or it is an order.
MEANT = pattern(rf"""
    (^|(?<![a-z']))({_WILL}|{_SOMEONE}|{_HOPE}|{_LETS})(_{_FIRMLY})*_$
    | (^|[.!?;:\"]_?)(just_|please_|go_|go_and_)?$
""")
LONGEST = 80  # characters of what stands before a deed

_TOLD = either(r"""
    said says saying wrote writes written posted tweeted threat\w* claim\w*
    told_(me|him|her|us|them|the) called_for shout\w* chant\w* received messages?
    accused according quot\w* arrested charged sentenced
    film movie series scene novel book song lyrics game play episode
    whoever(?!(_[\w']+){1,6}_?$) anybody_who if_(they|he|she|the) as_(if|though)
    afraid fear\w* worr(y|ied) warn\w* why_(would|do|should) wondering
""")
# Before it, in the same sentence: somebody else said it, or nobody.
REPORTED = pattern(rf"""
    \b{_TOLD}\b
    | \b(nobody|no_?one|none(_of_\w+)?|no(_[a-z'-]+){{1,3}}|not|never)(_\w+)?_$
    | n't(_\w+)?_$
""")


@cache
def deed() -> re.Pattern[str]:
    """Give what finds a deed. It takes 20 ms to make, and most commands read no text."""
    return pattern(f"(?<![a-z']){_DEED}")


@cache
def more() -> re.Pattern[str]:
    """Give what finds further deeds right after a threat; as long in the making."""
    return pattern(f",?_and(_then)?_({_FIRMLY}_)*{_DEED}")
