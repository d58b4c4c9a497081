"""Countries, their people and capitals, and bodies with several names: every form leads to one name."""

from __future__ import annotations

import re

_COUNTRIES = """
united states|us|u.s.|usa|u.s.a.|america|american|americans|washington|white house
united kingdom|uk|u.k.|britain|british|great britain|briton|britons|london|downing street
england|english
scotland|scottish|scots|edinburgh
wales|welsh|cardiff
northern ireland|belfast
ireland|irish|dublin
russia|russian|russians|moscow|kremlin|russian federation
ukraine|ukrainian|ukrainians|kyiv|kiev
north korea|north korean|north koreans|pyongyang|dprk
south korea|south korean|south koreans|seoul
china|chinese|beijing
taiwan|taiwanese|taipei
japan|japanese|tokyo
india|indian|indians|new delhi
pakistan|pakistani|pakistanis|islamabad
bangladesh|bangladeshi|dhaka
afghanistan|afghan|afghans|kabul
iran|iranian|iranians|tehran
iraq|iraqi|iraqis|baghdad
syria|syrian|syrians|damascus
israel|israeli|israelis
palestine|palestinian|palestinians
lebanon|lebanese|beirut
jordan|jordanian|amman
saudi arabia|saudi|saudis|riyadh
yemen|yemeni|yemenis|sanaa
qatar|qatari|doha
united arab emirates|uae|emirati|abu dhabi
kuwait|kuwaiti
oman|omani
turkey|turkish|turks|türkiye|ankara
egypt|egyptian|egyptians|cairo
libya|libyan|libyans|tripoli
tunisia|tunisian|tunis
algeria|algerian|algiers
morocco|moroccan|rabat
sudan|sudanese|khartoum
south sudan|south sudanese|juba
ethiopia|ethiopian|ethiopians|addis ababa
eritrea|eritrean
somalia|somali|somalis|mogadishu
kenya|kenyan|kenyans|nairobi
uganda|ugandan|kampala
rwanda|rwandan|kigali
tanzania|tanzanian
congo|congolese|kinshasa
nigeria|nigerian|nigerians|abuja
ghana|ghanaian|accra
senegal|senegalese|dakar
mali|malian|bamako
niger|nigerien|niamey
chad|chadian
cameroon|cameroonian
south africa|south african|south africans|pretoria
zimbabwe|zimbabwean|harare
zambia|zambian|lusaka
angola|angolan|luanda
mozambique|mozambican|maputo
germany|german|germans|berlin
france|french|paris
italy|italian|italians|rome
spain|spanish|spaniards|madrid
portugal|portuguese|lisbon
netherlands|dutch|holland|the hague
belgium|belgian|belgians
luxembourg|luxembourgish
switzerland|swiss|bern
austria|austrian|austrians|vienna
poland|polish|poles|warsaw
czech republic|czech|czechia|czechs|prague
slovakia|slovak|slovaks|bratislava
hungary|hungarian|hungarians|budapest
romania|romanian|romanians|bucharest
bulgaria|bulgarian|bulgarians|sofia
greece|greek|greeks|athens
serbia|serbian|serbs|belgrade
croatia|croatian|zagreb
slovenia|slovenian|ljubljana
bosnia|bosnian|sarajevo
kosovo|kosovan|pristina
albania|albanian|tirana
moldova|moldovan|chisinau
belarus|belarusian|minsk
lithuania|lithuanian|vilnius
latvia|latvian|riga
estonia|estonian|tallinn
finland|finnish|finns|helsinki
sweden|swedish|swedes|stockholm
norway|norwegian|norwegians|oslo
denmark|danish|danes|copenhagen
iceland|icelandic|reykjavik
georgia|georgian|tbilisi
armenia|armenian|yerevan
azerbaijan|azerbaijani|baku
kazakhstan|kazakh|astana
uzbekistan|uzbek|tashkent
canada|canadian|canadians|ottawa
mexico|mexican|mexicans|mexico city
guatemala|guatemalan
honduras|honduran
el salvador|salvadoran
nicaragua|nicaraguan|managua
costa rica|costa rican
panama|panamanian
cuba|cuban|cubans|havana
haiti|haitian|haitians|port-au-prince
venezuela|venezuelan|venezuelans|caracas
colombia|colombian|colombians|bogota|bogotá
ecuador|ecuadorian|quito
peru|peruvian|peruvians|lima
bolivia|bolivian|la paz
chile|chilean|chileans
argentina|argentine|argentinian|argentines|buenos aires
brazil|brazilian|brazilians
paraguay|paraguayan
uruguay|uruguayan|montevideo
australia|australian|australians|canberra
new zealand|new zealander|new zealanders|wellington
indonesia|indonesian|jakarta
malaysia|malaysian|kuala lumpur
singapore|singaporean
thailand|thai|bangkok
vietnam|vietnamese|hanoi
cambodia|cambodian|phnom penh
myanmar|burma|burmese
philippines|philippine|filipino|filipinos|manila
nepal|nepali|kathmandu
sri lanka|sri lankan|colombo
mongolia|mongolian
"""
_BODIES = """
united nations|un|u.n.
european union|eu|e.u.|brussels
nato|north atlantic treaty organization|north atlantic treaty organisation
world health organization|world health organisation|who
federal bureau of investigation|fbi
central intelligence agency|cia
international monetary fund|imf
european central bank|ecb
federal reserve|fed
supreme court|scotus
republican party|republicans|republican|gop
democratic party|democrats|democrat|democratic
labour party|labour
conservative party|conservatives|tories|tory
islamic state|isis|isil|daesh
"""


def _named(lines: str) -> dict[str, str]:
    return {form: line.split("|")[0] for line in lines.split("\n") if line for form in line.split("|")}


COUNTRIES = _named(_COUNTRIES)
NAMES = COUNTRIES | _named(_BODIES)
# Written so only where small letters mean another word.
_CASED = {"us": "US", "who": "WHO", "un": "UN", "eu": "EU", "fed": "Fed", "turkey": "Turkey", "polish": "Polish",
          "chad": "Chad", "jordan": "Jordan", "labour": "Labour", "conservatives": "Conservatives",
          "conservative": "Conservative", "democratic": "Democratic", "dutch": "Dutch"}  # fmt: skip
_FORMS = sorted(NAMES, key=len, reverse=True)
PATTERN = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.escape(form) for form in _FORMS) + r")(?![\w])", re.IGNORECASE
)


def name_for(words: str) -> str:
    """The one name of a form found by `PATTERN`; empty when its letters make it another word (us, who, turkey)."""
    low = words.lower()
    if low in _CASED and words not in (_CASED[low], _CASED[low].upper()):
        return ""
    return NAMES.get(low, "") if words[:1].isupper() or low not in COUNTRIES else ""
