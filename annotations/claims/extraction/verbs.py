"""Verbs that news is written with, and the forms they take."""

from __future__ import annotations

_VOWELS = "aeiou"
_DOUBLED = frozenset(
    "admit permit commit submit refer occur prefer transfer ban plan stop drop rob plot grab".split()
)


def words_of(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


def third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ed"


def forms(verbs: frozenset[str]) -> frozenset[str]:
    """Base, third person and regular past of each verb; irregular pasts are listed by hand."""
    return frozenset(form for verb in verbs for form in (verb, third_person(verb), past(verb)))


AUXILIARIES = words_of(
    "is are was were am has have had do does did will would can could may might must shall should be been being"
    " isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't cannot"
    " isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t doesn’t don’t didn’t won’t wouldn’t can’t couldn’t"
    " it's it’s he's he’s she's she’s that's that’s there's there’s they're they’re we're we’re you're you’re i'm i’m"
    " i've i’ve we've we’ve they've they’ve you've you’ve they'll they’ll we'll we’ll you'll you’ll he'll he’ll"
    " she'll she’ll it'll it’ll i'll i’ll i'd i’d they'd they’d we'd we’d shouldn't shouldn’t mustn't mustn’t"
)
IRREGULAR_PAST = words_of(
    "began became went took made got gave came fell rose grew won lost led left met paid saw sent spent stood held"
    " kept knew ran sold bought built brought caught drew drove fought found flew hit shot struck threw withdrew"
    " wrote broke chose ate felt forgot froze hid hurt laid lay lent meant overcame rode sang sank shook shrank"
    " slept sought spoke spread stole sued swore taught thought told tore understood woke wore said heard died"
    " beat bore bred dealt dug fed fled let put set cut shut cost burst quit split undertook oversaw underwent"
    " shed bled slid swept swung arose awoke bet bid blew clung crept drank dreamt drove forbade foresaw ground hung"
    " knelt leapt lit overtook read rang retook sat shone shrunk spun sprang stuck stung swam undercut upheld wept"
    " wound outpaced overthrew overran reran rewrote rebuilt"
)
BASES = words_of(
    "remain plan want need continue face claim hold include require allow make give take become mean account exceed"
    " seem appear belong live contain own use cause kill employ provide cover produce export import earn spend"
    " oppose ban limit grant send sell buy lead run sit stand lie come go grow fall rise drop win lose begin end start"
    " depend consist receive pay offer argue believe estimate suggest indicate confirm deny state report warn note add"
    " find affect increase reduce prevent protect violate break put keep control operate serve describe represent"
    " threaten target block rule ask know think see help owe charge host reveal rely differ exist carry occur reach"
    " test suffer worship fund finance say show attract avoid ensure enable encourage enter exclude expand expect"
    " explain extend fail fear feature follow force form gain generate govern handle happen hear hope ignore"
    " imply impose improve indicate inherit install intend introduce invest involve issue join judge launch leave"
    " link look lower maintain manage mark measure meet monitor move name negotiate obtain open order organise"
    " organize overlook participate pass perform permit persist place play possess prefer prepare present press"
    " prevail profit promise promote propose prove publish pursue push qualify question raise range rank rate read"
    " recall receive recognise recognize recommend record recover refuse regulate reject release remember remove"
    " replace resist respond restrict result retain retire return review risk save score search seek select sentence"
    " separate settle share sign speak specialise split stay steal stop strike study submit succeed sue supply"
    " survive suspend teach tend trade train transfer travel treat trigger try turn undermine understand urge value"
    " vary visit vote wait walk warrant watch wear weigh welcome withdraw work write yield accept accuse achieve"
    " acquire act adopt advise agree aim announce apply approve arrest arrive attack attend call campaign"
    " celebrate challenge change choose cite collapse combine compare compete complain complete concern conclude"
    " condemn conduct confess connect consider construct consume contribute convict convince cost create criticise"
    " criticize cross crush damage deal decide declare decline decrease defeat defend defy deliver demand deploy"
    " destroy detain determine develop die direct disappear discover discuss dismiss display divide dominate double"
    " draw drive eat elect eliminate emerge enjoy escape establish evacuate examine"
)
PRESENT = frozenset(third_person(verb) for verb in BASES) | words_of(
    "live make have say use get take come remain face need pay lead kill cause contain show include require provide"
    " produce suggest indicate worship believe argue claim account suffer belong support oppose receive earn spend own"
    " cost mean depend know think want see help owe employ create confirm reveal carry occur reach differ exist lack"
    " keep seem appear tend become grow fall rise agree allow go prefer consider understand expect hope fear face"
    " shows supports funds tests finances owes"
)
