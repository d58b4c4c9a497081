"""A table of worded quantities: what each comes down to. The sentences are made up."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.claims.extraction.dates import find_dates
from annotations.claims.extraction.quantities import Quantity, find_quantities

THURSDAY = date(2025, 1, 9)
# sentence | comparator | value | other end of a range or score | unit | words of the sentence
_TABLE = """
The march drew more than a third of the town. | > | 0.333 | | share | more than a third
The flood left over 1,200 families homeless. | > | 1200 | | families | over 1,200 families
Greater than 40 per cent of roads are closed. | > | 40 | | percent | Greater than 40 per cent
Fires burned upwards of 3,000 hectares. | > | 3000 | | hectares | upwards of 3,000 hectares
Damage in excess of $75 million was reported. | > | 75000000 | | USD | in excess of $75 million
The debt exceeds €9 billion this spring. | > | 9000000000 | | EUR | exceeds €9 billion
Donations topped £2m by noon. | > | 2000000 | | GBP | topped £2m
The queue was longer than 300 metres. | > | 300 | | metres | longer than 300 metres
Well over 500 trucks crossed the border. | > | 500 | | trucks | Well over 500 trucks
Just over 60 workers were hired. | > | 60 | | workers | Just over 60 workers
A crowd larger than 15,000 filled the square. | > | 15000 | |  | larger than 15,000
The mine lies north of 900 metres. | > | 900 | | metres | north of 900 metres
At least 17 people were hurt. | >= | 17 | | people | At least 17 people
No fewer than 40 ships took part. | >= | 40 | | ships | No fewer than 40 ships
Not less than 200 kg was seized. | >= | 200 | | kg | Not less than 200 kg
A minimum of 12 jurors is needed. | >= | 12 | | jurors | A minimum of 12 jurors
As few as three ministers stayed. | >= | 3 | | ministers | As few as three ministers
At the very least 80 houses collapsed. | >= | 80 | | houses | At the very least 80 houses
Up to 90 tonnes of fuel leaked. | <= | 90 | | tonnes | Up to 90 tonnes
As many as 2,500 fans were turned away. | <= | 2500 | | fans | As many as 2,500 fans
No more than 12 guests are allowed. | <= | 12 | | guests | No more than 12 guests
At most six trains ran. | <= | 6 | | trains | At most six trains
A maximum of 30 pupils may enrol. | <= | 30 | | pupils | A maximum of 30 pupils
The fine is capped at $5,000. | <= | 5000 | | USD | capped at $5,000
Not more than 10 grams were found. | <= | 10 | | grams | Not more than 10 grams
Fewer than 60 patients remained. | < | 60 | | patients | Fewer than 60 patients
Less than one percent of the ballots were spoiled. | < | 1 | | percent | Less than one percent
Just under 200 jobs will go. | < | 200 | | jobs | Just under 200 jobs
The wage fell below $9 an hour. | < | 9 | | USD | below $9 an hour
Under 50 tickets are left. | < | 50 | | tickets | Under 50 tickets
About 80 residents were moved. | ~ | 80 | | residents | About 80 residents
Around five thousand votes separated them. | ~ | 5000 | | votes | Around five thousand votes
Approximately 56 percent agreed. | ~ | 56 | | percent | Approximately 56 percent
Roughly 4,000 barrels spilled. | ~ | 4000 | | barrels | Roughly 4,000 barrels
Nearly 7,000 homes lost power. | ~ | 7000 | | homes | Nearly 7,000 homes
Almost half of the lake is dry. | ~ | 0.5 | | share | Almost half
Some 400 families fled. | ~ | 400 | | families | Some 400 families
An estimated 25,000 birds died. | ~ | 25000 | | birds | An estimated 25,000 birds
The toll is closer to 40,000. | ~ | 40000 | |  | closer to 40,000
Close to 90 flights were delayed. | ~ | 90 | | flights | Close to 90 flights
An average of 14 calls came in. | ~ | 14 | | calls | An average of 14 calls
Exactly 212 deputies voted. | = | 212 | | deputies | Exactly 212 deputies
Only 10 per cent of salt is treated. | = | 10 | | percent | Only 10 per cent
A total of 61 cars were damaged. | = | 61 | | cars | A total of 61 cars
Membership has risen by nearly a fifth since the reform. | ~ | 0.2 | | share | nearly a fifth
Thefts have fallen by half since May. | = | 0.5 | | times | fallen by half
The rate rose from 4.1% a year earlier. | = | 4.1 | | percent | 4.1%
A record 3,000 runners started. | = | 3000 | | runners | A record 3,000 runners
A further 22 suspects were named. | = | 22 | | suspects | A further 22 suspects
The camp has 100 tents or so. | ~ | 100 | | tents | 100 tents or so
The hall seats 300 or more. | >= | 300 | |  | 300 or more
The shop sold 600+ copies. | >= | 600 | | copies | 600+ copies
The plan needs 60-plus votes. | >= | 60 | | votes | 60-plus votes
Children of 12 and over may vote. | >= | 12 | |  | 12 and over
The truck carried 8 tonnes or less. | <= | 8 | | tonnes | 8 tonnes or less
A group of 30-odd sailors came ashore. | ~ | 30 | | sailors | 30-odd sailors
The repair took 12 hours or so. | ~ | 12 | | hours | 12 hours or so
The bank lost $1.2bn. | = | 1200000000 | | USD | $1.2bn
The grant was worth $2.5 million. | = | 2500000 | | USD | $2.5 million
The house sold for £3m. | = | 3000000 | | GBP | £3m
The fund holds €40 million. | = | 40000000 | | EUR | €40 million
The loan of US$5 billion was signed. | = | 5000000000 | | USD | US$5 billion
The road cost A$750,000. | = | 750000 | | AUD | A$750,000
The club paid C$18.4 million. | = | 18400000 | | CAD | C$18.4 million
The firm owes HK$300 million. | = | 300000000 | | HKD | HK$300 million
Officials spent Rs 500 crore on it. | = | 5000000000 | | INR | Rs 500 crore
The bonds raise 1.5 trillion yen. | = | 1500000000000 | | JPY | 1.5 trillion yen
The bread costs 50 cents. | = | 50 | | cents | 50 cents
They pay 422,000 euros in arrears. | = | 422000 | | EUR | 422,000 euros
The scheme costs ₹2,00,000 a seat. | = | 200000 | | INR | ₹2,00,000 a seat
He was fined 20,000 roubles. | = | 20000 | | RUB | 20,000 roubles
The toll bridge takes CHF 12 a day. | = | 12 | | CHF | CHF 12 a day
The aid came to USD 30 million. | = | 30000000 | | USD | USD 30 million
The port cost 3.2 billion yuan. | = | 3200000000 | | CNY | 3.2 billion yuan
She won 250,000 pounds sterling. | = | 250000 | | GBP | 250,000 pounds sterling
The plant cost 60 million Australian dollars. | = | 60000000 | | AUD | 60 million Australian dollars
The ticket costs $15 a person. | = | 15 | | USD | $15 a person
Gas sells at $4.10 a gallon. | = | 4.1 | | USD | $4.10 a gallon
Oil rose to $82 a barrel. | = | 82 | | USD | $82 a barrel
Savings of $10-a-week were promised. | = | 10 | | USD | $10-a-week
The river rose 3.5 metres. | = | 3.5 | | metres | 3.5 metres
The crater is 40 kilometres wide. | = | 40 | | kilometres | 40 kilometres
The fire covers 12 square kilometres. | = | 12 | | square kilometres | 12 square kilometres
The storm brought winds of 120 km/h. | = | 120 | | km/h | 120 km/h
A car was clocked at 90mph. | = | 90 | | mph | 90mph
The train reached 300 kilometres per hour. | = | 300 | | km/h | 300 kilometres per hour
The parcel weighed 2.5kg. | = | 2.5 | | kg | 2.5kg
The reactor gives 900 MW. | = | 900 | | MW | 900 MW
The town stores 40 GWh. | = | 40 | | GWh | 40 GWh
Temperatures fell to -5 °C overnight. | = | -5 | | °C | -5 °C
It was minus 12 degrees Celsius at dawn. | = | -12 | | °C | minus 12 degrees Celsius
The heat reached 41°C. | = | 41 | | °C | 41°C
The tower is 55 feet tall. | = | 55 | | feet | 55 feet
The ship sank in 200ft of water. | = | 200 | | ft | 200ft
A 6.2-magnitude earthquake shook the coast. | = | 6.2 | | magnitude | 6.2-magnitude
A quake of magnitude 7.1 was felt. | = | 7.1 | | magnitude | magnitude 7.1
The tremor measured 5.8 on the Richter scale. | = | 5.8 | | magnitude | 5.8
The virus hits 12.4 people per 100,000. | = | 12.4 | | people | 12.4 people per 100,000
The clinic treats 20 people a day. | = | 20 | | people | 20 people a day
The field yields 200,000 barrels per day. | = | 200000 | | barrels | 200,000 barrels per day
Police get 40 calls an hour. | = | 40 | | calls | 40 calls an hour
A 12,000-strong crowd marched. | = | 12000 | | people | 12,000-strong
A 20-year-old driver was held. | = | 20 | | years old | 20-year-old
A nine-month-old baby was saved. | = | 9 | | months old | nine-month-old
A 3,000-year-old statue was found. | = | 3000 | | years old | 3,000-year-old
An 11-year lull ended. | = | 11 | | years | 11-year
The two-day visit began badly. | = | 2 | | days | two-day
A three-judge panel sat late. | = | 3 | | judges | three-judge
The 15-member council split. | = | 15 | | members | 15-member
A 27-nation bloc objected. | = | 27 | | nations | 27-nation
The 40-hour week stays. | = | 40 | | hours | 40-hour
A 500-mile pipeline leaks. | = | 500 | | miles | 500-mile
A six-storey block collapsed. | = | 6 | | storeys | six-storey
Two-thirds of the members left. | = | 0.666 | | share | Two-thirds
Three quarters of the crop failed. | = | 0.75 | | share | Three quarters
One-fifth of the fleet is idle. | = | 0.2 | | share | One-fifth
A quarter of all wells are dry. | = | 0.25 | | share | A quarter
Half of the seats went to women. | = | 0.5 | | share | Half
More than three quarters of them agreed. | > | 0.75 | | share | More than three quarters
Nearly two thirds of the staff quit. | ~ | 0.666 | | share | Nearly two thirds
One in five adults smokes. | = | 0.2 | | share | One in five
Three out of ten homes lack water. | = | 0.3 | | share | Three out of ten
Nearly one in every four pupils is absent. | ~ | 0.25 | | share | Nearly one in every four
The odds are 1 in 10,000. | = | 0.0001 | | share | 1 in 10,000
In 7 out of 10 tests it failed. | = | 0.7 | | share | 7 out of 10
A majority of the voters stayed at home. | > | 0.5 | | share | A majority
Most of the evidence was lost. | > | 0.5 | | share | Most
Most farmers lost their crop. | > | 0.5 | | share | Most
A dozen officers were suspended. | = | 12 | | officers | A dozen officers
Two dozen boats sank. | = | 24 | | boats | Two dozen boats
Half a dozen banks closed. | = | 6 | | banks | Half a dozen banks
Half a million people fled. | = | 500000 | | people | Half a million people
A quarter of a million trees were planted. | = | 250000 | | trees | A quarter of a million trees
A million copies were printed. | = | 1000000 | | copies | A million copies
A hundred goats died. | = | 100 | | goats | A hundred goats
Dozens of homes burned. | ~ | |  | homes | Dozens of homes
Hundreds of soldiers deserted. | ~ | |  | soldiers | Hundreds of soldiers
Tens of thousands of fans waited. | ~ | |  | fans | Tens of thousands of fans
Hundreds of thousands were without power. | ~ | |  | | Hundreds of thousands
Scores of houses were looted. | ~ | |  | houses | Scores of houses
Millions of birds fly south. | ~ | |  | birds | Millions of birds
A couple of points separate them. | ~ | 2 | | points | A couple of points
A handful of seats changed hands. | ~ | |  | seats | A handful of seats
Several hundred people came. | ~ | |  | people | Several hundred people
A few thousand protesters stayed. | ~ | |  | protesters | A few thousand protesters
Between 5 and 7 per cent of sales are online. | between | 5 | 7 | percent | Between 5 and 7 per cent
Sales grew 5–7% a year. | between | 5 | 7 | percent | 5–7% a year
The repair costs $3 to $4 billion. | between | 3000000000 | 4000000000 | USD | $3 to $4 billion
From 10 to 15 deaths were feared. | between | 10 | 15 | deaths | From 10 to 15 deaths
Between $20 and $30 million is missing. | between | 20000000 | 30000000 | USD | Between $20 and $30 million
The deal is worth $20-30 million. | between | 20000000 | 30000000 | USD | $20-30 million
They need 20,000 to 30,000 troops. | between | 20000 | 30000 | troops | 20,000 to 30,000 troops
Children aged 8–10 years were tested. | between | 8 | 10 | years old | 8–10 years
Between 100 and 200 people came. | between | 100 | 200 | people | Between 100 and 200 people
Some 40% to 45% of them vote. | between | 40 | 45 | percent | Some 40% to 45%
It holds between two and three million fish. | between | 2000000 | 3000000 | fish | between two and three million fish
From five to seven judges sit. | between | 5 | 7 | judges | From five to seven judges
Two or three witnesses spoke. | between | 2 | 3 | witnesses | Two or three witnesses
Between 3 and 4.5 million votes fell. | between | 3000000 | 4500000 | votes | Between 3 and 4.5 million votes
It lies 30 to 40 km inland. | between | 30 | 40 | km | 30 to 40 km
Profits doubled last year. | = | 2 | | times | doubled
The price tripled in May. | = | 3 | | times | tripled
Imports quadrupled. | = | 4 | | times | quadrupled
The budget was halved. | = | 0.5 | | times | halved
Twice as many women applied. | = | 2 | | times | Twice as many
Half as much rain fell. | = | 0.5 | | times | Half as much
The town saw a tenfold increase. | = | 10 | | times | tenfold
Traffic increased 18-fold. | = | 18 | | times | 18-fold
There was a three-fold rise. | = | 3 | | times | three-fold
Six times as many cases were found. | = | 6 | | times | Six times as many
The level is three times the limit. | = | 3 | | times | three times
The boat turned around twice. | = | 2 | | times | twice
The rate is double the average. | = | 2 | | times | double
Spending was cut by half. | = | 0.5 | | times | cut by half
The team won 3-2. | = | 3 | 2 | score | 3-2
The court ruled 5–4 in favour. | = | 5 | 4 | score | 5–4
A 2-1 victory kept them up. | = | 2 | 1 | score | 2-1
The motion passed 52-48. | = | 52 | 48 | score | 52-48
The site is the #3 browser. | = | 3 | | rank | #3
It rose to number 3 in the chart. | = | 3 | | rank | number 3
The song is still number one today. | = | 1 | | rank | number one
A hundred thousand bees swarmed. | = | 100000 | | bees | A hundred thousand bees
She took second place. | = | 2 | | rank | second place
It is the second-largest city. | = | 2 | | rank | second-largest
He finished 12th in the race. | = | 12 | | rank | 12th
The town is ranked fourth for safety. | = | 4 | | rank | fourth
Ada Moss, 42, was charged. | = | 42 | | years old | 42
Ivo Brandt (57) resigned. | = | 57 | | years old | 57
She died at the age of 14. | = | 14 | | years old | 14
Boys aged 12 to 16 may join. | between | 12 | 16 | years old | 12 to 16
He was jailed for two and a half years. | = | 2.5 | | years | two and a half years
The trial lasted 4½ years. | = | 4.5 | | years | 4½ years
The talks ran for almost 15 years. | ~ | 15 | | years | almost 15 years
They must answer within 48 hours. | <= | 48 | | hours | within 48 hours
He serves 18 months in jail. | = | 18 | | months | 18 months
The wait was four hours. | = | 4 | | hours | four hours
One hundred and twenty-five cases were opened. | = | 125 | | cases | One hundred and twenty-five cases
Two hundred thousand doses arrived. | = | 200000 | | doses | Two hundred thousand doses
Sixty-one miners were trapped. | = | 61 | | miners | Sixty-one miners
Three million voters registered. | = | 3000000 | | voters | Three million voters
Seven hundred and six ballots were void. | = | 706 | | ballots | Seven hundred and six ballots
Six shells hit the pier. | = | 6 | | shells | Six shells
At least one shell landed nearby. | >= | 1 | | shell | At least one shell
One soldier was killed. | = | 1 | | soldier | One soldier
Only one person survived. | = | 1 | | person | Only one person
In the crash 45 were killed. | = | 45 | | deaths | 45
The blast injured 31. | = | 31 | | injured people | 31
A raid led to 12 arrests. | = | 12 | | arrests | 12 arrests
The death toll rose to 1,800. | = | 1800 | | deaths | 1,800
The population reached 1.4 billion. | = | 1400000000 | | people | 1.4 billion
She got 84,121 votes. | = | 84121 | | votes | 84,121 votes
Rates rose 0.25 percentage points. | = | 0.25 | | percentage points | 0.25 percentage points
The yield fell 25 basis points. | = | 25 | | basis points | 25 basis points
The turnout was 58.3%. | = | 58.3 | | percent | 58.3%
The plant needs 1,00,000 litres. | = | 100000 | | litres | 1,00,000 litres
He ran 100 metres. | = | 100 | | metres | 100 metres
A 3m fence was built. | = | 3 | | metres | 3m
Some 3m people are affected. | ~ | 3000000 | | people | Some 3m people
The drive holds 500 GB. | = | 500 | | GB | 500 GB
The base houses 4k troops. | = | 4000 | | troops | 4k troops
The lake lost 2.3 million litres. | = | 2300000 | | litres | 2.3 million litres
The list has 1,709 schoolchildren. | = | 1709 | | schoolchildren | 1,709 schoolchildren
A survey of 1709 schoolchildren was printed. | = | 1709 | | schoolchildren | 1709 schoolchildren
The court heard that 8000 migrants drowned. | = | 8000 | | migrants | 8000 migrants
More than two billion people lack it. | > | 2000000000 | | people | More than two billion people
Over one million times it was shared. | > | 1000000 | | times | Over one million times
The pact covers the two countries. | = | 2 | | countries | two countries
All 33 miners were freed. | = | 33 | | miners | All 33 miners
Another 15 shells fell there. | = | 15 | | shells | Another 15 shells
The seats grew from 9 to 10. | between | 9 | 10 | | from 9 to 10
Another 200 were saved. | = | 200 | |  | Another 200
You lose 15 IQ points. | = | 15 | | IQ points | 15 IQ points
The firm has 277 vulnerabilities. | = | 277 | | vulnerabilities | 277 vulnerabilities
Three of the suspects escaped. | = | 3 | | suspects | Three of the suspects
Five of the crew drowned. | = | 5 | | crew | Five of the crew
Seven million six hundred thousand coins were struck. | = | 7600000 | | coins | Seven million six hundred thousand coins
Twenty two divers searched the lake. | = | 22 | | divers | Twenty two divers
The pilot flew at 35,000 feet. | = | 35000 | | feet | 35,000 feet
Crews cleared 1.5 million cubic metres of mud. | = | 1500000 | | cubic metres | 1.5 million cubic metres
The vote was lost by 424 votes. | = | 424 | | votes | 424 votes
Growth slowed to 0.4 percent. | = | 0.4 | | percent | 0.4 percent
A 50-50 split blocked the bill. | = | 50 | 50 | score | 50-50
"""
WORDED = [tuple(cell.strip(" ") for cell in row.split("|")) for row in _TABLE.strip().splitlines()]


def quantities(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, 0, len(text), find_dates(text, 0, len(text), THURSDAY))


@pytest.mark.parametrize(("sentence", "comparator", "value", "high", "unit", "words"), WORDED)
def test_a_worded_quantity_is_read(
    sentence: str, comparator: str, value: str, high: str, unit: str, words: str
) -> None:
    (found,) = quantities(sentence)

    assert (found.comparator, found.value, found.high, found.unit, found.text) == (
        comparator, value, high, unit, words,
    )  # fmt: skip
    assert sentence[found.start : found.end] == words


def test_the_table_holds_two_hundred_different_quantities() -> None:
    assert len({row[0] for row in WORDED}) == len(WORDED) >= 200
