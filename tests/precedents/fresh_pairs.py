"""Invented pairs written last, to see what the rules miss: a difference was found in 21 of the 27 pairs that have one,
and one too many in 5 of the 22 that have none. A few general words were added to the lists since."""

from __future__ import annotations

DIFFERENT: dict[str, list[tuple[str, str]]] = {
    "NUMBER": [
        ("The airline lost 1.2 million bags last winter.", "The airline lost 2.1 million bags last winter."),
        ("A litre of milk costs less than a euro.", "A litre of milk costs more than a euro."),
        ("Five of the nine judges voted to strike the clause.", "Six of the nine judges voted to strike the clause."),
        ("The average farmer is 58 years old.", "The average farmer is 48 years old."),
        ("The reservoir is at 40% of its capacity.", "The reservoir is at 14% of its capacity."),
        ("The factory will bring 3,000 jobs to Ostmark.", "The factory will bring 300 jobs to Ostmark."),
        ("The sprinter broke the record twice.", "The sprinter broke the record three times."),
    ],
    "NEGATION": [
        ("Wolves are a threat to hikers.", "Wolves are no threat to hikers."),
        ("The vaccine was tested before it was approved.", "The vaccine was approved without being tested."),
        ("The governor pardoned the poacher.", "The governor refused to pardon the poacher."),
        ("Electric cars pollute less than diesel cars.", "Electric cars pollute more than diesel cars."),
        ("The cathedral escaped the fire.", "The cathedral burned down in the fire."),
        ("Coffee is good for the heart.", "Coffee is bad for the heart."),
        ("The glacier is growing.", "The glacier is melting away."),
        ("Nobody told the residents about the spill.", "The residents were told about the spill."),
    ],
    "DATE": [
        ("The ferry line dates from 1894.", "The ferry line dates from 1914."),
        ("The cease-fire took effect on Sunday.", "The cease-fire took effect on Wednesday."),
        ("Until 2015, voters had to register in person.", "Until 2005, voters had to register in person."),
        ("The comet was last seen in the 18th century.", "The comet was last seen in the 17th century."),
        ("The new fee applies from April.", "The new fee applies from October."),
    ],
    "ACTOR": [
        ("Lena Voss defeated Marek Holub in the runoff.", "Marek Holub defeated Lena Voss in the runoff."),
        ("A Norwegian trawler rammed a Danish patrol boat.", "A Danish patrol boat rammed a Norwegian trawler."),
        ("The senate rejected the treaty.", "The president rejected the treaty."),
        ("Steel from India is cheaper than steel from Vietnam.",
         "Steel from Vietnam is cheaper than steel from India."),
        ("The Lubin Herald published the leaked letter.", "The Riverton Post published the leaked letter."),
        ("Cats spread the parasite to sheep.", "Sheep spread the parasite to cats."),
        ("Portugal’s exports to Angola collapsed.", "Angola’s exports to Portugal collapsed."),
    ],
}  # fmt: skip

SAME: list[tuple[str, str]] = [
    ("The airline lost 1.2 million bags last winter.", "Last winter 1,200,000 bags were lost by the airline."),
    ("A litre of milk costs less than a euro.", "Milk sells for under one euro a litre."),
    ("The average farmer is 58 years old.", "Farmers are 58 on average."),
    ("The reservoir is at 40% of its capacity.", "The reservoir is 40 percent full."),
    ("The factory will bring 3,000 jobs to Ostmark.", "Ostmark will gain 3,000 jobs from the factory."),
    ("Wolves are no threat to hikers.", "Wolves do not threaten hikers."),
    ("The governor refused to pardon the poacher.", "The governor did not pardon the poacher."),
    ("Electric cars pollute less than diesel cars.", "Diesel cars pollute more than electric cars."),
    ("Nobody told the residents about the spill.", "The residents were not told about the spill."),
    ("The ferry line dates from 1894.", "The ferry line was founded in 1894."),
    ("The cease-fire took effect on Sunday.", "On Sunday, the truce came into force."),
    ("Until 2015, voters had to register in person.", "Voters had to register in person until 2015."),
    ("Lena Voss defeated Marek Holub in the runoff.", "Marek Holub was defeated by Lena Voss in the runoff."),
    ("A Norwegian trawler rammed a Danish patrol boat.", "A Danish patrol boat was rammed by a trawler from Norway."),
    ("The senate rejected the treaty.", "Senators voted the treaty down."),
    ("The Lubin Herald published the leaked letter.", "The leaked letter appeared in the Lubin Herald."),
    ("Cats spread the parasite to sheep.", "Sheep catch the parasite from cats."),
    ("Portugal’s exports to Angola collapsed.", "Exports from Portugal to Angola collapsed."),
    ("The school serves free lunches to every child.", "Every child gets a free lunch at the school."),
    ("The tunnel was dug by prisoners of war.", "Prisoners of war dug the tunnel."),
    ("Prime Minister Ada Brandt resigned on Friday.", "Ada Brandt stepped down as prime minister on Friday."),
    ("Dutch tulips are grown with rainwater.", "Tulips in the Netherlands are grown with rain water."),
]  # fmt: skip
