"""Threats in English that say less than they mean: "you will be sorry", "accidents happen".

And calls to go where somebody lives, and wishes that somebody may die. None of these words
is a threat alone: who takes a bus to her office, and is sorry, says them, too. So each rule
asks for what makes it one.

`rules.py` says how words and patterns are written; `english_others.py` has what is said
openly.
"""

from letterdesk.triage.threats.english_others import WANTED, WILL_NOT
from letterdesk.triage.threats.rules import either, other

_KIN = either("""
    child children daughters? dad father family girlfriend boyfriend grandchildren husband
    kids? mom mother mum parents partner sisters? brothers? sons? wife loved_ones
""")
_WHOM = "(you|him|her|them)"
_WHOSE = "(your|his|her|their)"
_ONES = rf"({_WHOM}|{_WHOSE}_(own_|little_)?{_KIN})"
_I_WILL = "(i|we)('ll|_will|'m_going_to|'re_going_to|_am_going_to|_are_going_to)"
_I_AM = "(i|we)('m|'re|_am|_are|'ve_been|_have_been)"
_YOU_WILL = "you('ll|_will)(_all)?"
_SORRY = rf"{_YOU_WILL}_(be_(so_|very_)?sorry|(live_to_)?regret_(it|this|that|ever))"
_THERE = "(house|home|flat|door|doorstep)"
_OF_A_KIND = rf"""
    (you|he|she|they|people|all_of_(you|them)|every_one_of_(\w+[_-]){{1,4}}?\w+s|{WANTED}s?)
"""
_WEAPONS = either("""
    bats baseball_bats clubs guns knives molotovs petrol rope sticks your_(bats|guns|knives)
""")
_BEATEN = "(beaten|hanged|hung|shot|whipped|flogged|kicked|stoned)"
_NEAR = r"[^.!?;\n]{0,40}?"

VEILED = {
    "they belong up against a wall / he belongs at the end of a rope"
    " / they belong in a ditch / you belong six feet under": other(
        "belong belongs",
        rf"""
        {_OF_A_KIND}(_all|_both)?_belongs?_(
            (up_)?against_(a|the)_wall | at_the_end_of_a_rope | on_the_gallows
            | in_an?_(ditch|grave|coffin|body_?bag) | six_feet_under
        )\b
        """,
    ),
    "i will come to your office and you will be sorry / we'll find you and you'll regret it"
    " / stop writing or you'll regret it / print that again and you will be sorry"
    " / keep this up and you'll be sorry": other(
        "sorry regret",
        rf"""
        {_I_WILL}_(come|find|visit|see|pay|get|be)\b{_NEAR},?_and_{_SORRY}
        | (stop|shut|drop|leave|quit|take|delete|resign|apologi[sz]e|withdraw)\b
            {_NEAR},?_or_{_SORRY}
        | (keep|write|print|publish|say|come|touch|try)\b{_NEAR}
            (_again|_(this|it|that)_up|_one_more_\w+|_writing|_digging|_talking)
            ,?_and_{_SORRY}
    """,
    ),
    "i'll make you bleed / we will make your life hell / we'll make you regret": other(
        "bleed beg disappear scream squeal pay wish hell misery sorry regret",
        rf"""
        {_I_WILL}_make_(
            {_WHOM}_(bleed|beg_for|disappear|scream|squeal|sorry|regret)
            | you_(pay|wish_you)
            | {_WHOSE}_life_(a_)?(living_)?(hell|misery)
        )
        """,
    ),
    "you'll wish you'd never": other(
        "wish", rf"{_YOU_WILL}_wish_you('d|_had)_(never|kept_your|stayed_|shut_)"
    ),
    "keep it up and something might happen to you / shame if something happened to your son"
    " / or something could happen to your kids on the way to school": other(
        "happen happens happened",
        rf"""
        (
            (keep|or|careful|stop)\b{_NEAR}_something_(bad_)?(might|could|may|will)_happen_to
            | (shame|pity)_if_(something|anything|an_accident)_(were_to_)?happen(s|ed)?_to
        )_({_ONES}|that_\w+|it)(_on_(the|your|her|his)_way_(home|to_(school|work)))?
        """,
    ),
    "walks home alone. accidents happen": other(
        "accidents",
        r"""
        (walks?|drives?|cycles?|jogs?|runs?|lives?|parks?|swims?)_[^!?\n]{1,60}?[.!,;]_?
        (and_)?accidents(_do|_can|_will)?_happen
        """,
    ),
    "teach that woman a lesson she won't forget": other(
        "lesson",
        r"""
        teach_(\w+_){1,4}?a_(good_)?lesson
        _(you|he|she|they)('ll|_will)?(_never|_won't|_not)?_(soon_)?forget
        """,
    ),
    "get them before the court does": other(
        "before",
        r"""
        (^|(?<=[.!?]_))(let's_)?get_(him|her|them)
        _before_the_(courts?|cops|judges?|law|police)\b
        """,
    ),
    "somebody do to them what they did": other(
        "did done",
        rf"""
        (some_?(one|body)|we|let's|i|please|time_to|should|will|'ll)
        _((?!not\b|never\b)[^\s.!?]+_){{0,6}}?
        do_to_{_WHOM}_(exactly_)?what_(you|he|she|they)('ve|_have)?_(did|done)(_to_\w+)?
        """,
    ),
    "you won't see us coming": other(
        "coming", rf"you{WILL_NOT}_(even_)?see_(us|me)_coming"
    ),
    "snitches get stitches / rats like him end up in ditches": other(
        "stitches ditches ditch",
        r"""
        (snitch|rat|grass|traitor|leaker|informer)(es|s)_(\w+_){0,7}?
        (get_stitches|(end_up|belong|land)_in_(a_)?ditch(es)?)
        """,
    ),
    "or we'll stop you / or i'll shut you up / or we will deal with her myself": other(
        "stop hurt finish silence hunt deal shut",
        rf"""
        or_(i|we)('ll|_will)_(
            (stop|hurt|finish|silence|hunt|deal_with)_{_WHOM}
                (?=[.,;!?]|$|_(all|myself|ourselves)\b)
            | shut_{_WHOM}_up
        )
        """,
    ),
    "i hope you bleed to death / hope his wife dies / hope they all die slowly"
    " / hope your kids get cancer / i hope she burns in hell": other(
        "hope wish",
        rf"""
        (hope|wish)(_that)?_(you|he|she|they|{_WHOSE}_(own_)?{_KIN})
        (_all|_both|_would|_will|_too)?_(
            bleeds?_(out|to_death) | drowns? | rots? | chokes?(?=[.,;!?]|$|_(on|to)\b)
            | (dies?|burns?)(?=
                [.,;!?]|$
                |_(alone|horribly|like|of|painfully|screaming|slowly|soon|too)\b
                |_in_(agony|hell|pain|an?_\w+|the_\w+)\b
            )
            | drops?_dead | gets?_(cancer|aids|covid|run_over|hit_by|what's_coming)
        )
        """,
    ),
    "should be dragged out of his house / ought to be dragged out and beaten"
    " / must be dragged into the street and shot": other(
        "dragged",
        rf"""
        (should|ought_to|needs?_to|must|deserves?_to)(_all|_both|_just)?_be_dragged_(
            (out_of|from)_(the|his|her|their)_(beds?|cars?|houses?|homes?|offices?)
            | (out_)?(in)?to_the_(streets?|square)
            | ([^.!?\n]{{1,30}}?_)?and_(?={_BEATEN})
        )(_?(and_)?{_BEATEN}\b)?
        """,
    ),
    "a visit tonight, bring bats / come to her house and bring knives": other(
        "bring",
        rf"""
        (visit|house|home|door|tonight|office|street)\b[^.!?\n]{{0,30}}?
        (,|_and)_bring_({_WEAPONS})\b
        """,
    ),
    "let's all pay that judge a visit / let's go to her house"
    " / let's all pay the head of education a visit tonight": other(
        "let's",
        rf"""
        let's_(all_)?(
            pay_(him|her|them|(this|that|the)_{WANTED}|(this|that|the)_head_of_\w+)
                _a_(little_)?visit(_(tonight|tomorrow))?(,_bring_{_WEAPONS})?
            | (go|meet|gather|drive|march|turn_up|show_up)
                _(over_|round_)?(to|at|outside)_(his|her|their)_{_THERE}\b
        )
        """,
    ),
    "you'll get what's coming to you / they will get what's coming to them": other(
        "coming",
        rf"""
        (you|he|she|they)('ll|_will)_(all_|soon_)?get_what's_coming(_to_{_WHOM})?
        """,
    ),
    "i'd be careful if i were you / i wouldn't walk home alone if i were you": other(
        "careful walk door doors step",
        r"""
        i('d|_would)_(
            be_(very_)?careful(_at_night|_tonight|_on_your_way_home)?
            | watch_(my|your)_step | lock_(my|your)_doors? | not_walk(_home)?(_alone)?
        )_if_i_were_you(?=[.,;!?]|$)
        | i_wouldn't_walk_(home|out|alone)(_\w+){0,3}?_if_i_were_you
        """,
    ),
    "i know who you are and where": other("where", "(i|we)_know_who_you_are_and_where"),
    "see you at your house / see you soon outside your door": other(
        "house home flat door doorstep",
        rf"""
        see_you_(soon_|tonight_|tomorrow_|there_)?(at|outside|in_front_of)_your_{_THERE}\b
        """,
    ),
    "we are watching your kids": other(
        "watching", rf"{_I_AM}_watching_your_(house|home|{_KIN}|every_move)\b"
    ),
    "kiss your kids goodbye / say goodbye to your family / enjoy your last days"
    " / sleep well while you can": other(
        "goodbye last final while",
        rf"""
        kiss_your_{_KIN}_goodbye | say_goodbye_to_your_({_KIN}|life)\b
        | enjoy_your_(last|final)_(days?|hours?|meal|night|weeks?)
        | sleep_(well|tight)_while_you(_still)?_can
        """,
    ),
    "order your coffin / pick out a coffin": other(
        "coffin",
        "(order|choose|pick_out|measure|buy)_(your|a|yourself_a)_(own_)?coffin",
    ),
}
