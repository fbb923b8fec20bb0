"""How threats are put in English: who is to do it, what, and to whom.

No verb alone is one: "kill" needs somebody who will, should, or is hoped to do it, and a
person to whom it is done. Patterns are tried on text without disguise, in small letters.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

_WILL = (
    r"(?:i|we)(?: really| just| seriously)?(?:'ll| will| shall|'m (?:going|coming) to|"
    r"'m gonna| am (?:just )?(?:going|coming) to|'re (?:going|coming) to|'re gonna|"
    r" are (?:going|coming) to| ?gonna|'d (?:love|like) to| would (?:love|like) to|"
    r" want to| wanna| can't wait to| (?:might|should) just| have to|'ll have to|"
    r" swear to god| ought to|'d| would)"
)
_OUGHT = r"(?:should|ought to|needs? to|must|has to|have to|gotta|had better|better)"
_SOMEONE = (
    rf"(?:(?:some ?(?:one|body)|one of (?:us|you))(?: {_OUGHT}| please| will| would|"
    rf" could)?|(?:any ?(?:one|body)|we|you|people|they|(?:the|a real) \w+) {_OUGHT})"
)
_HOPE = (
    r"(?:hope|wish|pray|praying|hoping)(?: that)? (?:some ?(?:one|body)|they|he|she|you|"
    r"i)(?: (?:will|can|gets? to|all))?"
)
_LETS = (
    r"(?:let's|lets|let us|time to|who wants to|who's going to|who will|please(?: go)?|"
    r"it would be (?:best|better|good|nice) to)"
)
_FIRMLY = (
    r"(?: (?:just|really|finally|please|already|go|and|all|gladly|happily|personally|"
    r"simply|\w+ing))*"
)
_PEOPLE = (
    r"(?:man|men|woman|women|guy|girl|boy|bitch|bastard|fucker|cunt|whore|reporter|"
    r"journalist|hack|writer|author|editor|judge|lawyer|politician|minister|mayor|"
    r"president|traitor|pig|cop|scum|vermin|rat|dog|snake|animal|cockroach|parasite|"
    r"invader|immigrant|migrant|refugee|foreigner|muslim|jew|christian|hindu|gay|homo|"
    r"faggot|fag|dyke|tranny|black|nigger|spic|paki|gook|chink|retard|cripple|lib|liberal|"
    r"commie|fascist|feminist|teacher|doctor|nurse|witness|snitch|leaker|informer|family|"
    r"families|kids?|children|child|daughter|son|wife|husband|mother|father|mom|mum|dad|"
    r"brother|sister|parent|lot|people|"
    r"persons?|kinds? of|types? of|one of (?:them|you))(?:e?s)?"
)
_HER = (  # herself, and not what is hers: hang her paintings
    r"her(?=[^a-z' ]|$| [^a-z]| [a-z]+ly\b| (?:after|again|alive|all|already|and|as|at|"
    r"because|before|but|by|dead|down|first|for|from|good|here|high|if|in|into|is|just|"
    r"like|"
    r"myself|next|now|off|on|or|ourselves|out|over|please|right|slow|so|some day|someday|"
    r"soon|straight|then|there|though|till|to|today|tomorrow|tonight|too|under|until|up|"
    r"when|where|while|with|yourself)\b)"
)
_WHOM = (
    rf"(?:you(?: all| people| guys)?\b|u\b|ya\b|him\b|them(?: all)?\b|{_HER}|'em|"
    rf"(?:this|that|these|those|the|every|all|all the|your|his|her|their|any|"
    rf"an?)(?: [a-z'-]+){{0,2}}? {_PEOPLE}|{_PEOPLE}(?=[.,;!?]|$))"
)
_KILL = (
    r"(?:kill|murder|shoot|stab|knife|gun|hang|lynch|behead|decapitate|strangle|choke|"
    r"slaughter|"
    r"execute|drown|poison|rape|torture|gut|gas|skin|exterminate|eliminate|massacre|"
    r"butcher|castrate|cripple|maim|run over|string up|mow down|gun down|put down|"
    r"beat up)s?"
)
_NO_DEED = (  # what makes another deed of it: shoot her an e-mail, hang them on the wall
    r"(?! (?:the|some) (?:e-?mail|message|text|line|note|look|glance|question|film)|"
    r" (?:an?|another) (?!(?:\w+ )?(?:bit|day|death|few|hour|hundred|million|minute|second|"
    r"thousand|time|week)\b)| (?:with|by) (?:kindness|love|laughter|good)|"
    r" (?:on|in|up on|up in) (?:the|my|our|a) (?:wall|hall|kitchen|fridge|door|tree|"
    r"garden)| (?:at|in|on) (?:chess|cards|"
    r"court|fifa|minecraft|mario|the (?:final|match|game|debate|polls?|league|ring|pitch|"
    r"field|election|penalties))| (?:on|next|this) (?:satur|sun|mon|tues|wednes|thurs|"
    r"fri)day| down (?:as|in|on)\b|,? (?:\w+|\d)[ -](?:nil|\d)\b| off\b| (?:sooner|softly|"
    r"slowly with)\b)"
)
_PARTS = (
    r"(?:throats?|necks?|heads?|skulls?|faces?|teeth|legs?|knees?|kneecaps|arms?|fingers?|"
    r"hands?|tongues?|eyes?|guts|ribs|jaws?|bones?|spines?|balls|wrists?|brains?)"
)
_WHOSE = (
    r"(?:your|his|her|their|that \w+'s|this \w+'s|the \w+'s|every \w+'s|both (?:your|his|"
    r"her))"
)
_PLACES = (
    r"(?:house|home|flat|office|building|newsroom|mosque|church|synagogue|temple|shop|"
    r"studio|car|place|camp|shelter|hostel|centre|center|parliament|station|headquarters|"
    r"it all)s?"
)
_HARM = (
    rf"(?:{_KILL} {_WHOM}{_NO_DEED}|"
    + "|".join(
        (
            rf"(?:put|fire|plant|stick|lodge|empty)s? (?:a|the|two|some|"
            rf"another) (?:bullets?|knife|blade|knives|axe|magazine|mag|clip|round|stake|"
            rf"brick) (?:in|into|through|between|in the back of) (?:{_WHOSE}|you|him|her|"
            rf"them)",
            rf"(?:slit|cut|slash|slice|rip|tear|bash|smash|break|snap|crush|crack|stomp|"
            rf"kick|punch|stamp|chop|twist|wring|burn|gouge|blow|cave|knock)s?(?: (?:out|"
            rf"off|open|in))? (?:on )?{_WHOSE} (?:\w+ )?{_PARTS}(?! of\b)",
            rf"(?:burn|torch|bomb|blow up|firebomb|set fire to|shoot up|raze)s?(?: down|"
            rf" up)? (?:{_WHOSE}|the|that|this) (?:\w+ ){{0,2}}?{_PLACES}",
            rf"burns? {_WHOM}(?: alive| at the stake| to death| down| in|(?=[.,;!?]|$))",
            rf"bury {_WHOM}(?: alive| in|(?=[.,;!?]|$))",
            rf"beats? {_WHOM}(?: \w+){{0,2}} (?:to death|to a pulp|senseless|unconscious|"
            rf"bloody|black and blue|with a \w+|in the street)",
            rf"hunts? {_WHOM} down|hunt down {_WHOM}",
            r"throws? (?:some )?acid (?:in|on|at|into|over) (?:your|his|her|their|you|him|"
            r"them)",
            rf"(?:shut|silence)s? {_WHOM}(?: up)? for (?:good|ever)",
            r"drags? (?:you|him|her|them) (?:out|through|from|behind) ",
            rf"runs? {_WHOM} over|strings? {_WHOM} up|puts? {_WHOM} (?:down(?! as)|"
            rf"in the ground)",
            rf"makes? {_WHOM} suffer|wipes? {_WHOM} out|"
            rf"gets? rid of {_WHOM} once and for all",
            r"ends? (?:your|his|her|their|(?:every|that) \w+'s) (?:life|lives)|"
            r"take (?:you|him|her|them) out(?=[.,;!?]|$)",
        )
    )
    + ")"
)
_DONE = (
    r"(?:shot(?! down| (?:with|on|in|from|through|at|using) (?:(?:an?|the|his|her|my|"
    r"your) )?(?:\w+ ){0,2}?(?:angle|black and white|cameras?|colou?r|digital|drones?|"
    r"film|iphone|"
    r"lens(?:es)?|light|location|phones?|portrait|set|studio|tripod|video)\b)|hanged|"
    r"hung(?! (?:in|on|up|over|above|beside|next) (?:\w+ )?(?:galler(?:y|ies)|halls?|"
    r"museums?|walls?|kitchen|lobby|display|frame|fireplace|door|fridge|bed)\b)|lynched|"
    r"stabbed|killed|murdered|beheaded|executed|"
    r"gassed|raped|drowned|strangled|exterminated|stoned|skinned|crucified|poisoned|"
    r"castrated|slaughtered|tortured|bombed|torched|strung up|run over|buried alive|"
    r"put down|put to death|beaten (?:up|to death|to a pulp|bloody|with)|burn(?:ed|"
    r"t)(?: alive| at the stake| down)?|lined up (?:against|and shot|in front)|(?:put|"
    r"stood) (?:up )?against (?:a|the) wall)"
)
_END = r"(?=[.,;!?\"]|$| (?:for|and|if|when|one|soon|already|by|or)\b)"


@dataclass(frozen=True)
class Other:
    """A threat that is put in another way; none is without one of these words."""

    hints: frozenset[str]
    written: re.Pattern[str]


def _other(hints: Collection[str], written: str) -> Other:
    return Other(frozenset(hints), re.compile(rf"(?<![a-z']){written}"))


_WATERS = frozenset({"canal", "grave", "lake", "river", "trunk", "well", "woods"})
_SOON = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:next|this) week|midnight|"
    r"sunrise|dawn|(?:the )?(?:morning|weekend|end of (?:the|this) (?:day|month|week))|"
    r"tomorrow|nightfall"
)
_OVER = """
shot hanged hung lynched stabbed killed murdered beheaded executed gassed raped drowned
strangled exterminated stoned skinned crucified poisoned castrated slaughtered tortured
bombed torched strung run buried put beaten burned burnt lined stood
"""
_DONE_WORDS = frozenset(_OVER.split())


DEED = re.compile(rf"(?<![a-z']){_HARM}")
MEANT = re.compile(  # before a deed: who will, or should; or it is an order
    rf"(?:^|(?<![a-z']))(?:{_WILL}|{_SOMEONE}|{_HOPE}|{_LETS}){_FIRMLY} $"
    r"|(?:^|[.!?;:\"] ?)(?:just |please |go |go and )?$"
)
LONGEST = 80  # characters of what stands before a deed

OTHERS = (
    _other(
        {"should", "ought", "need", "needs", "deserve", "deserves"},
        rf"(?:should|ought to|needs? to|deserves? to)(?: all| both| just|"
        rf" really)?(?: have)? (?:be|been|get) {_DONE}",
    ),
    _other(
        _DONE_WORDS | {"suffer", "hang"},
        rf"(?:hope|hoping|want|wants|wish|love|like|wait)(?: that| to see|"
        rf" to watch)? (?:(?!who)\w+ ){{1,3}}?(?:gets? |be |is |are )?(?:{_DONE}|"
        rf"hang(?=[.,;!?]|$)|suffer\b)",
    ),
    _other(
        {"hang", "die", "burn", "swing"},
        r"(?:should|ought to|deserves? to)(?: all)? (?:hang|die|burn|swing)(?: for this|"
        r" slowly| screaming| in pain| in (?:hell|agony)|(?=[.,;!?]|$))",
    ),
    # to her whom it is about
    _other(
        _DONE_WORDS
        | {
            "die",
            "burn",
            "hang",
            "coffin",
            "body",
            "bodybag",
            "box",
            "blood",
            "life",
            "dead",
            "born",
            "walk",
        },
        rf"you(?:'ll| will| are going to|'re going to|'re gonna)(?: all|"
        rf" both)? (?:be {_DONE}|hang(?: for)?{_END}|die (?:for this|soon|slowly|"
        rf"screaming|like|today|tonight)|burn for|leave (?:\w+ )?in a (?:coffin|body ?bag|"
        rf"box)|pay (?:for (?:this|it|that) )?(?:with your|in blood)|wish you (?:were|"
        rf"had) (?:dead|never been born)|never walk again)",
    ),
    _other(
        {"live", "see", "make", "walk", "safe"},
        r"you(?:'ll never| will never| won't| will not| shall not|'ll not| are not going "
        r"to|'re not going to|(?:'re| are) never going to|(?:'re|"
        r" are) not gonna) (?:live to|"
        r"see (?:another (?:christmas|day|morning|sunrise|spring|summer|winter)|"
        r"tomorrow(?!')|christmas|the (?:next )?(?:spring|summer|autumn|fall|winter|"
        r"sunrise|morning|end of (?:the|this) (?:day|month|week|year))\b)|"
        r"make it (?:home|out)|walk again|be safe)",
    ),
    _other(
        {"dead"},
        rf"(?:you|he|she)(?:'ll| will|'s going to| is going to|'re going to|"
        rf" are going to) (?:all |both )?be dead (?:by|before|within) (?:{_SOON})\b",
    ),
    _other(
        _WATERS,
        rf"(?:(?:you|he|she|(?:your|his|her) (?:body|corpse))(?:'ll| will|'s going to|"
        rf" is going to|'re going to| are going to)(?: all| both| soon)? (?:be (?:found|"
        rf"dumped|floating)|end up|wind up|turn up)|(?:hope|want)(?: to see)? (?:you|he|"
        rf"she)(?:'re|'s| are| is)? found|(?:^|[.!?;]\s?)found)(?: \w+)? (?:in|at the "
        rf"bottom of) (?:the|an?) (?:\w+ )?(?:{'|'.join(sorted(_WATERS))})\b",
    ),
    _other(
        {"dead", "next"},
        r"you(?:'re| are)(?: all| both| so)? (?:a dead (?:man|woman|girl|boy|bitch)|"
        r"dead meat|dead men|dead(?=[,.;!?]|$| if| when)|next(?=[,.;!?]|$))",
    ),
    _other(
        {"walk"},
        r"(?:he|she) won't walk again",
    ),
    _other(
        {"numbered", "counted", "count"},
        r"your (?:days|hours) are (?:numbered|counted)|count your days",
    ),
    _other(
        {"again"},
        r"(?:do you |you )?(?:want|like) to see your (?:\w+ )?(?:daughter|son|kids?|"
        r"children|family|wife|husband|mother|boy|girl)s?(?: ever)? again",
    ),
    # we know where you are
    _other(
        {"know", "found", "figured"},
        r"(?:i|we)(?: all)? (?:know|found out|have found out|figured out)(?: exactly|"
        r" very well)? (?:where (?:you|he|she|they|(?:your|his|her|"
        r"their) \w+)(?: \w+){0,2}? (?:lives?|works?|sleeps?|parks?|goes? to school|"
        r"hides?|drinks?)\b(?! on\b| with\b|[:,;–—-]? ?in (?:our|my|your) (?:hearts?|"
        r"memor\w+)|[:,;–—-]? ?(?:it's )?in (?:an?|the|one of the) (?:[\w-]+ ){0,3}?(?:"
        r"corner|country|island|paradise|part|place|region|town|valley|village)s?\b)|"
        r"(?:which|"
        r"what) (?:school|car|bus|train|house|street|route|flat|gym|"
        r"church)(?: \w+){0,2}? (?:you|he|she|they|your|his|her|their)\b|"
        r"your (?:home )?address|what time (?:you|he|she|your))",
    ),
    _other(
        {"address"},
        r"(?:i|we)(?: have|'ve got|'ve| got) your (?:home )?address",
    ),
    _other(
        {"coming"},
        r"(?:i|we)(?:'m| am|'re| are) coming (?:for|after) (?:you|him|her|them|your)\b",
    ),
    _other(
        {"find", "track", "waiting", "visit", "door", "get", "come"},
        r"(?:i|we)(?:'ll| will|'re going to|'m going to) (?:(?:find|get|"
        r"track down) (?:you|him|her|them)(?=[.,;!?]|$| one day| wherever| and)|"
        r"be waiting for (?:you|him|her|them) (?:outside|at|after|when|behind|"
        r"in the dark)|come for (?:you|him|her|them|your)\b|pay (?:you|him|her|"
        r"them) a visit|be at your (?:door|house))",
    ),
    _other(
        {"watch", "sleep", "shoulder", "running"},
        r"watch your back(?! when| as you| if you (?:lift|carry))|sleep with (?:one eye|"
        r"both eyes) open|(?:look|keep looking) over your shoulder|(?:start|"
        r"better) running(?=[.,;!?]|$)",
    ),
    _other(
        {"eyes", "name", "neck"},
        r"(?:a|the) (?:bullet|noose|rope|knife) (?:between (?:the|your|his|her) eyes|"
        r"with (?:your|his|her|their) name on it|(?:round|around) (?:your|his|her|"
        r"their) neck)",
    ),
    _other(
        {
            "bullet",
            "rope",
            "noose",
            "gallows",
            "firing",
            "hanging",
            "lynching",
            "stabbing",
            "raping",
            "bullets",
            "ropes",
            "nooses",
        },
        r"(?:deserves?|needs?|earned|asking for|only good for) (?:a |the )?(?:bullet|rope|"
        r"noose|gallows|firing squad|good (?:hanging|lynching|stabbing|raping))s?",
    ),
    _other(
        {"assembly"},
        r"rope[.,;]? tree[.,;]? \w+[.,;]? some assembly required|some assembly required",
    ),
    _other(
        _DONE_WORDS | {"kill", "shoot", "put", "burn"},
        rf"(?:why|how come)(?: has| hasn't| did| didn't| does|"
        rf" is)?(?: it that)? (?:nobody|no ?one|some ?(?:one|body)|any ?(?:one|"
        rf"body))(?: has)?(?: yet| ever| just)? (?:{_DONE}|kill|shoot|put a bullet|burn)",
    ),
    _other(
        {"acid", "bullet", "burn", "slit"},
        r"(?:some ?(?:one|body)|we|they) (?:will|is going to|are going to) (?:throw acid|"
        r"put a bullet|burn (?:your|his|her|their) \w+ down|slit (?:your|his|her|their))",
    ),
)
REPORTED = re.compile(  # before it, in the same sentence: somebody else said it, or nobody
    r"\b(?:said|says|saying|wrote|writes|written|posted|tweeted|threat\w*|claim\w*|"
    r"told (?:me|him|her|us|them|the)|called for|shout\w*|chant\w*|received|messages?|"
    r"accused|according|quot\w*|arrested|charged|sentenced|film|movie|series|scene|novel|"
    r"book|song|lyrics|game|play|episode|whoever|anybody who|if (?:they|he|she|the)|"
    r"afraid|fear\w*|worr(?:y|ied)|warn\w*|why (?:would|do|should)|wondering)\b|"
    r"\b(?:nobody|no ?one|none(?: of \w+)?|no(?: [a-z'-]+){1,3}|not|never)(?: \w+)? $|"
    r"n't(?: \w+)? $"
)

_VERBS = """
kill murder shoot stab knife hang lynch behead decapitate strangle choke slaughter execute
drown poison rape torture gut gas skin exterminate eliminate massacre butcher castrate
cripple maim run string mow gun put beat slit cut slash slice rip tear bash smash break
snap crush crack stomp kick punch stamp chop twist wring burn gouge blow cave knock fire
plant stick lodge empty torch bomb firebomb set raze bury hunt throw shut silence drag
end take make wipe get
"""
VERBS = frozenset(verb + end for verb in _VERBS.split() for end in ("", "s"))
