"""The words by which English news says who stands behind a statement. Closed lists: a word is in or it is not."""

from __future__ import annotations

from annotations.claims.extraction.verbs import forms, words_of

# Verbs whose object is nearly always what somebody states, with or without “that”.
_SAY = words_of(
    "say add state claim argue assert allege insist note warn explain declare testify remark reply"
    " respond acknowledge"
    " admit conclude comment maintain reiterate contend boast complain emphasize emphasise stress tweet"
    " post reason"
    " believe estimate reckon predict caution lament quip recall concede theorize theorise speculate opine"
    " tell write"
    " contest counter retort joke swear hint recount relate clarify elaborate affirm attest profess"
    " proclaim underline"
    " underscore volunteer lie advise inform brief assure remind confide confess write"
)
# Verbs that also take plain objects: they count only before “that”, a quotation or a whole clause.
_SAY_THAT = words_of(
    "announce report find show reveal suggest indicate confirm deny disclose demonstrate propose"
    " recommend observe"
    " agree pledge promise vow accept determine calculate project forecast learn dispute think feel hope"
    " fear expect"
    " highlight discover document establish prove suspect assume repeat mention imply signal guarantee"
    " verify certify record argue detail outline know understand hear realise realize threaten stipulate"
    " specify"
    " describe"
)
SAY = forms(_SAY) - {
    "lie",
    "lies",
    "post",
    "posts",
    "brief",
    "briefs",
    "reason",
    "reasons",
    "posting",
    "briefing",
}
SAY |= {"said", "told", "wrote", "writes", "swore", "saying", "adding", "claiming", "arguing", "tweets"}
SAY_THAT = forms(_SAY_THAT) | words_of(
    "found showed shown thought felt held understood heard forecast foresees foresaw forecasts knew"
    " learnt proven"
)
SAY_THAT -= words_of(
    "hold holds rule rules record records document documents detail details decided describe describes"
)
TELL = words_of(
    "told tell tells telling informed informs assured assures reminded reminds advised advises warned"
    " warns warning"
)
# “…, saying that”, “…, adding: “…””: the subject of the sentence goes on to speak.
ONGOING = words_of(
    "saying adding claiming arguing alleging insisting noting warning explaining declaring stating"
    " asserting telling"
    " writing admitting acknowledging stressing emphasising emphasizing tweeting concluding contending"
    " maintaining"
    " suggesting announcing confirming denying revealing predicting estimating replying reporting reiterating"
)
# Verbs that may introduce a clause without “that” although they also take plain objects.
BARE = words_of(
    "announced announces reported reports report found finds showed shows show revealed reveals reveal"
    " suggested"
    " suggests suggest indicated indicates indicate confirmed confirms confirm denied denies deny think"
    " thinks thought feel"
    " feels felt fear fears feared hope hopes hoped expect expects expected predicts forecast forecasts"
    " suspect suspects"
    " suspected discovered discovers heard understands agreed promised promises vowed vows pledged learned"
    " disclosed observed observes determined demonstrated"
)
# “is believed to”, “it is alleged that”: nobody in particular says so.
PASSIVE = words_of(
    "believed thought said alleged reported understood estimated claimed feared suspected rumoured"
    " rumored presumed"
    " considered asserted argued expected known found shown assumed stated suggested announced confirmed"
)
HEDGES = words_of("reportedly allegedly purportedly supposedly apparently ostensibly")
DENY = words_of(
    "denied denies deny denying rejected rejects reject dismissed dismisses dismiss disputed disputes"
    " dispute refuted"
    " refutes refute rebutted rebuts"
)
ACCUSE = words_of("accused accuses accuse accusing")
BLAME = words_of(
    "blamed blames blame blaming criticised criticises criticized criticizes condemned condemns sued sues"
)
# “characterised homeopathy as quackery”, “ranks the city among the ten worst”
RATE = words_of(
    "describe characterise characterize rank regard classify"
    " characterised characterises characterized characterizes describes described classified classifies"
    " classed rated rates ranked ranks lists listed regards regarded defines defined labelled labeled"
    " labels dubbed"
    " portrayed portrays designated designates"
)
CLAIM_NOUNS = words_of(
    "claim claims allegation allegations accusation accusations report reports assertion assertions suggestion"
    " suggestions evidence statement rumours rumors rumour rumor warnings warning finding findings"
    " conclusion estimates"
    " charge charges denial denials speculation argument fears"
)
RESEARCH = words_of(
    "study studies report reports survey surveys data figures poll polls result results research researchers"
    " analysis estimates scientists statistics census review investigation inquiry findings audit paper authors"
    " experts officials records documents index forecast test tests trial experiment images footage photos"
    " experiments evidence numbers projections model models surveillance filing filings police witnesses"
    " indictment"
    " complaint prosecutors reporters sources source survey emails memo memos transcript transcripts letter"
)
ROLES = words_of(
    "ambassador minister president chairman chairwoman chair chairperson chief director secretary"
    " undersecretary"
    " spokesman spokeswoman spokesperson senator representative congressman congresswoman governor mayor"
    " general"
    " colonel lieutenant captain major sergeant professor doctor dr mr mrs ms miss sir lord lady dame"
    " judge justice king queen"
    " prince princess pope bishop archbishop cardinal reverend rabbi imam commissioner commander officer"
    " official"
    " deputy head leader economist analyst lawyer attorney prosecutor expert author researcher scientist"
    " founder barrister"
    " co-founder cofounder ceo cfo executive manager editor member lawmaker mp mep councillor councilor"
    " candidate"
    " premier chancellor councilwoman councilman coach player actor actress singer activist student owner"
    " adviser"
    " advisor envoy sheriff detective constable solicitor counsel magistrate trooper nurse surgeon"
    " engineer architect"
    " inspector superintendent coordinator treasurer dean physician epidemiologist historian campaigner"
    " biologist"
    " physicist chemist astronomer geologist virologist meteorologist ecologist psychologist sociologist"
    " climatologist"
    " seismologist volcanologist criminologist archaeologist paleontologist statistician journalist"
    " correspondent"
    " politician vice prime foreign former acting senior resident farmer teacher striker midfielder goalkeeper"
    " defender driver pilot skipper parent witness survivor agency firm company group newspaper magazine"
    " organisation"
    " organization secretary-general blogger poster user neighbour neighbor businessman businesswoman"
    " entrepreneur"
    " investor trader strategist principal headteacher publisher producer filmmaker writer novelist poet"
    " musician"
    " widow mother father son daughter husband wife brother sister uncle aunt cousin partner gen rep sen"
    " gov prof capt"
    " col lt sgt supt insp hon rev adm maj cmdr pc no-one ombudsman auditor regulator chairwoman"
    " firefighter paramedic"
)
ORG_WORDS = words_of(
    "ministry department council committee commission court police army navy force forces party union"
    " university"
    " institute institution bank agency bureau office association organization organisation church company"
    " corporation inc ltd group news times post journal herald network government parliament congress"
    " senate house"
    " nations states kingdom republic world international national federal central fund center centre"
    " foundation"
    " society service services authority administration board federation school hospital district team club"
    " embassy pentagon kremlin watch airlines airways motors airport alliance league coalition front guard"
    " command"
    " college academy museum library council’s reserve exchange treasury cabinet trust campaign project survey"
    " north south east west new saudi hong sri costa el san los puerto sierra burkina united supreme high white"
    " human green red amnesty medical royal european african asian american british french german chinese"
    " russian"
    " street city county province island islands sea ocean river lake mount bay gulf valley daily sunday"
    " morning"
    " evening gazette tribune chronicle observer guardian telegraph mail reuters agence associated press"
    " xinhua tass"
    " electric steel energy oil gas airbus boeing health organization’s technologies systems labs"
    " pharmaceuticals"
    " insurance securities holdings partners capital industries foods stores media brothers sons"
)
GROUPS = words_of(
    "company firm agency organisation organization group department ministry office council committee"
    " commission"
    " court party union university institute bank bureau association newspaper paper magazine broadcaster"
    " network"
    " charity club team airline carmaker automaker manufacturer retailer watchdog regulator body"
    " government army"
    " military police service hospital school church foundation board authority think-tank startup lender giant"
    " developer publisher operator airport federation league campaign museum studio supermarket utility"
)
CONNECTORS = words_of(
    "however also but and meanwhile moreover furthermore additionally besides instead still nevertheless"
    " nonetheless yet so indeed thus therefore then later separately similarly likewise overall today now"
    " now finally first second third elsewhere afterwards afterward consequently accordingly conversely"
    " eventually"
    " earlier previously currently recently initially subsequently hence yesterday tonight tomorrow"
    " allegedly reportedly apparently historically traditionally nationally locally globally officially"
)
