"""What the words around a name say about whether a woman or a man is meant. Short lists, from common usage."""

from __future__ import annotations

from annotations.claims.extraction.verbs import words_of

FEMALE_WORDS = words_of(
    "mrs ms miss lady dame queen princess duchess baroness madam spokeswoman chairwoman congresswoman councilwoman"
    " businesswoman policewoman actress woman girl mother wife daughter sister aunt widow grandmother niece nun"
    " stepmother heiress waitress hostess goddess sportswoman saleswoman assemblywoman empress abbess she her"
)
MALE_WORDS = words_of(
    "mr sir lord king prince duke baron spokesman chairman congressman councilman businessman policeman actor man boy"
    " father husband son brother uncle widower grandfather nephew monk imam pope cardinal stepfather sportsman"
    " salesman assemblyman emperor abbot he him his"
)
FEMALE_NAMES = words_of(
    "mary maria anna anne ann emma olivia sophia sofia isabella mia charlotte amelia emily elizabeth sarah sara laura"
    " julia jane janet jennifer jessica linda barbara susan patricia karen lisa nancy betty margaret sandra ashley"
    " kimberly donna carol michelle amanda melissa deborah stephanie rebecca sharon cynthia kathleen amy angela shirley"
    " brenda pamela nicole samantha katherine catherine christine helen rachel carolyn maria diana diane alice julie"
    " joyce victoria kelly christina joan evelyn lauren judith megan andrea hannah jacqueline martha gloria teresa"
    " theresa ana lucia carmen elena olga natalia tatiana svetlana irina ekaterina yulia fatima aisha khadija zainab"
    " layla leila mariam maryam noor yasmin amina salma priya anjali deepa lakshmi sunita indira meera nisha kavita"
    " ursula angela greta ingrid astrid sigrid freya birgit heidi monika claudia petra sabine giulia francesca chiara"
    " valentina camila gabriela mariana daniela paula beatriz ines pilar rosa dolores claire sophie marie camille chloe"
    " nathalie isabelle brigitte celine dorothy ruth grace rose lily lucy ella zoe molly fiona siobhan aoife niamh"
    " hillary kamala nancy condoleezza melania michelle jacinda sanna kaja mette marine giorgia malala ngozi wangari"
    " stefania lydia judy jill heather kate katie kathy beth tina tracy wendy yvonne yuki sakura naomi hanako mei"
)
MALE_NAMES = words_of(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark"
    " donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey jeff ryan jacob"
    " gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond"
    " patrick jack dennis jerry tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy"
    " harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan"
    " billy bruce albert willie gabriel logan alan juan carlos luis miguel pedro antonio francisco manuel jorge diego"
    " pablo fernando sergio ricardo roberto mario marco luca matteo giovanni giuseppe francesco vladimir sergei sergey"
    " dmitry alexei ivan mikhail nikolai boris viktor yuri oleg igor mohammed muhammad mohamed ahmed ali hassan hussein"
    " omar khalid ibrahim youssef mustafa abdul abdullah mahmoud tariq imran rahul amit raj sanjay vijay narendra arjun"
    " rajesh anil hans klaus jürgen wolfgang friedrich otto heinz lars sven erik anders olaf jean pierre jacques"
    " françois philippe michel alain emmanuel nicolas olivier louis bob bill jim tom tim dan ben sam nick mike chris"
    " greg ken ron don fred ted tony simon colin graham neil ian stuart hamish liam conor barack joe boris rishi keir"
    " antónio antonio volodymyr recep hiroshi kenji takashi shinzo jinping wei jong-un najib"
)


def gender_of(words: list[str]) -> str:
    """“f”, “m” or, when nothing tells, the empty string; `words` are lower-case, titles and roles included."""
    for word in words:
        if word in FEMALE_WORDS:
            return "f"
        if word in MALE_WORDS:
            return "m"
    for word in words:
        if word in FEMALE_NAMES:
            return "f"
        if word in MALE_NAMES:
            return "m"
    return ""
