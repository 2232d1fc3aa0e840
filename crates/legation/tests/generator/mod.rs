//! Makes any number of reports that look like news, the same ones every time: to fill records with.
//!
//! They come in the order of time, twenty-seven a day, so that a hundred thousand cover ten years. One in six is a copy of an
//! earlier one with small edits.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// Reports a day.
const A_DAY: u64 = 27;
/// One report of so many is a copy.
const COPIES: u64 = 6;
/// The first day.
const START: Date = date(2015, 1, 1);

/// Country, adjective, capital.
const COUNTRIES: [(&str, &str, &str); 40] = [
    ("Kenya", "Kenyan", "Nairobi"),
    ("Norway", "Norwegian", "Oslo"),
    ("China", "Chinese", "Beijing"),
    ("Russia", "Russian", "Moscow"),
    ("France", "French", "Paris"),
    ("Germany", "German", "Berlin"),
    ("Japan", "Japanese", "Tokyo"),
    ("India", "Indian", "New Delhi"),
    ("Pakistan", "Pakistani", "Islamabad"),
    ("Iran", "Iranian", "Tehran"),
    ("Iraq", "Iraqi", "Baghdad"),
    ("Turkey", "Turkish", "Ankara"),
    ("Greece", "Greek", "Athens"),
    ("Egypt", "Egyptian", "Cairo"),
    ("Ethiopia", "Ethiopian", "Addis Ababa"),
    ("Sudan", "Sudanese", "Khartoum"),
    ("Brazil", "Brazilian", "Brasilia"),
    ("Argentina", "Argentine", "Buenos Aires"),
    ("Chile", "Chilean", "Santiago"),
    ("Peru", "Peruvian", "Lima"),
    ("Mexico", "Mexican", "Mexico City"),
    ("Canada", "Canadian", "Ottawa"),
    ("Australia", "Australian", "Canberra"),
    ("Indonesia", "Indonesian", "Jakarta"),
    ("Vietnam", "Vietnamese", "Hanoi"),
    ("Thailand", "Thai", "Bangkok"),
    ("Poland", "Polish", "Warsaw"),
    ("Ukraine", "Ukrainian", "Kyiv"),
    ("Hungary", "Hungarian", "Budapest"),
    ("Italy", "Italian", "Rome"),
    ("Spain", "Spanish", "Madrid"),
    ("Morocco", "Moroccan", "Rabat"),
    ("Algeria", "Algerian", "Algiers"),
    ("Nigeria", "Nigerian", "Abuja"),
    ("Ghana", "Ghanaian", "Accra"),
    ("Uganda", "Ugandan", "Kampala"),
    ("Israel", "Israeli", "Jerusalem"),
    ("Jordan", "Jordanian", "Amman"),
    ("Qatar", "Qatari", "Doha"),
    ("Armenia", "Armenian", "Yerevan"),
];

const OUTLETS: [&str; 12] = [
    "Meridian Wire",
    "Harbour Post",
    "Tagesblick",
    "Lakeside Courier",
    "Northern Ledger",
    "Delta Observer",
    "Plateau News",
    "Strait Gazette",
    "Canal Dispatch",
    "Highland Monitor",
    "Gulf Register",
    "Riverside Telegraph",
];

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const TITLES: [&str; 8] = [
    "{A} and {B} agree to talk",
    "{A} warns {B} over {topic}",
    "{A} expels two {b} diplomats",
    "{B} rejects {a} plan for {topic}",
    "{a} minister to visit {cityB}",
    "{A} and {B} trade accusations over {topic}",
    "{C} offers to host talks on {topic}",
    "{n} hurt as {a} and {b} patrols meet",
];

const TOPICS: [&str; 10] = [
    "fishing rights",
    "the border",
    "water",
    "trade",
    "prisoners",
    "migration",
    "gas prices",
    "the ceasefire",
    "visas",
    "the nuclear programme",
];

const SENTENCES: [&str; 40] = [
    "The foreign ministers of {A} and {B} met in {cityC} on {day} to discuss {topic}.",
    "{A} and {B} signed an agreement on {topic} on {day}.",
    "{A} accused {B} of breaking the agreement on {topic}.",
    "{B} rejected the accusation and summoned the {a} ambassador.",
    "The {a} president will visit {cityB} on {date}, his spokesman said.",
    "{B} has not confirmed the visit.",
    "{A} expelled {n} {b} diplomats on {day}.",
    "{C} called on {A} and {B} to return to the table.",
    "{A} sent {n} tonnes of grain to {B} after the floods.",
    "The {b} government denied that its troops had crossed the border.",
    "At least {n} soldiers were killed when {a} and {b} forces exchanged fire on {day}.",
    "{A} imposed sanctions on {n} {b} officials.",
    "\"We will not give way on {topic},\" the {b} foreign minister said.",
    "{A} recalled its ambassador from {cityB} on {day}.",
    "Thousands protested in {cityA} against the talks with {B}.",
    "{C} offered to mediate between {A} and {B}.",
    "The talks on {topic}, planned for {date}, were postponed, according to two {c} diplomats.",
    "{A} threatened to close the border unless {B} releases the {n} prisoners.",
    "{B} released {n} {a} fishermen on {day}.",
    "{A} and {C} will hold a joint exercise with {n} soldiers in {month}.",
    "The {a} defence minister said that {B} was moving troops towards the border.",
    "{B} withdrew its troops from the disputed area on {day}.",
    "{A} asked {C} for a loan of {n} million dollars.",
    "The {c} foreign ministry welcomed the agreement between {A} and {B}.",
    "{A} lifted the ban on {b} imports.",
    "{B} suspended the talks on {topic} on {date}.",
    "{A} and {B} restored diplomatic relations after {n} months.",
    "A {b} court sentenced {n} {a} citizens for espionage.",
    "If {B} does not pay by {date}, {A} will cut the supply, an official in {cityA} warned.",
    "The {a} parliament approved the treaty with {B} by {n} votes.",
    "{C} condemned the attack and promised aid to {A}.",
    "{A} arrested {n} people whom it accuses of spying for {B}.",
    "The {b} president thanked {C} for its help in the dispute over {topic}.",
    "{A} tested a missile on {day}, the {b} army said.",
    "Officials of both countries will meet again in {cityC} on {date}.",
    "Nobody in {cityB} answered questions on {day}.",
    "The price of bread has doubled there since {month}.",
    "The quarrel over {topic} has lasted for {n} years.",
    "It rained in {cityC}, and few people were in the streets.",
    "\"{B} is our neighbour and will remain so,\" the {a} president told reporters in {cityA}.",
];

/// A report that was made.
pub(crate) struct Report {
    /// Path below a folder.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
}

/// Numbers that look random (Steele, Lea and Flood: SplitMix64).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: u64) -> u64 {
        self.throw() % most
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[usize::try_from(self.below(items.len() as u64)).unwrap()]
    }
}

/// Makes reports, numbered from 0.
pub(crate) struct Generator {
    /// Paragraphs of the shipped examples.
    paragraphs: Vec<String>,
}

impl Generator {
    /// A generator that borrows paragraphs of the examples that ship with the program.
    pub(crate) fn new() -> Generator {
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let mut folders: Vec<PathBuf> =
            fs::read_dir(examples).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        let texts = folders.iter().filter_map(|folder| fs::read_to_string(folder.join("report.txt")).ok());
        let paragraphs = texts.flat_map(|text| {
            let is_long = |paragraph: &&str| paragraph.len() > 200;
            text.split("\n\n").skip(2).filter(is_long).map(str::to_owned).collect::<Vec<_>>()
        });
        Generator { paragraphs: paragraphs.collect() }
    }

    /// The report of this number.
    pub(crate) fn report(&self, number: u64) -> Report {
        let mut dice = Dice(number);
        let is_copy = number > 40 && number % COPIES == COPIES - 1;
        let original = if is_copy { number - 1 - dice.below(40) } else { number };
        let day = START + i64::try_from(number / A_DAY).unwrap().days();
        let title = if is_copy { Some(dice.pick(&TITLES)) } else { None };
        let text = self.text(original, day, dice.pick(&OUTLETS), title, is_copy);
        let path = format!("{}/{:02}/{number:06}.txt", day.year(), day.month());
        Report { path: PathBuf::from(path), text }
    }

    /// Writes the first so many reports below a folder.
    pub(crate) fn write(&self, folder: &Path, reports: u64) {
        for number in 0..reports {
            let report = self.report(number);
            let path = folder.join(report.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, report.text).unwrap();
        }
    }

    fn text(&self, seed: u64, day: Date, outlet: &str, title: Option<&str>, is_cut: bool) -> String {
        let mut dice = Dice(seed ^ 0xA5A5);
        let countries: [(&str, &str, &str); 3] = std::array::from_fn(|_| dice.pick(&COUNTRIES));
        let topic = dice.pick(&TOPICS);
        let own_title = dice.pick(&TITLES);
        let written = format!("{} {}, {}", month(day), day.day(), day.year());
        let mut text = fill(title.unwrap_or(own_title), &countries, topic, day, &mut dice);
        text.push_str(&format!("\n\n{}, {written} ({outlet}) - ", countries[0].2.to_uppercase()));
        let paragraphs = 3 + dice.below(3);
        for paragraph in 0..paragraphs {
            if paragraph > 0 {
                text.push_str("\n\n");
            }
            let sentences: Vec<String> = (0..2 + dice.below(3))
                .map(|_| fill(dice.pick(&SENTENCES), &countries, topic, day, &mut dice))
                .collect();
            text.push_str(&sentences.join(" "));
        }
        let index = usize::try_from(dice.below(self.paragraphs.len() as u64)).unwrap();
        let borrowed = other_names(&self.paragraphs[index], &mut dice);
        if !is_cut {
            text.push_str(&format!("\n\n{borrowed}"));
        }
        text.push('\n');
        text
    }
}

fn month(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS[usize::try_from(day.month() - 1).unwrap()]
}

/// A template with its blanks filled in.
fn fill(
    template: &str,
    countries: &[(&str, &str, &str); 3],
    topic: &str,
    day: Date,
    dice: &mut Dice,
) -> String {
    let coming = day + i64::try_from(2 + dice.below(50)).unwrap().days();
    let coming_day = format!("{} {}", month(coming), coming.day());
    let number = (2 + dice.below(38)).to_string();
    let mut text = template.to_owned();
    for (letter, (name, adjective, capital)) in ["A", "B", "C"].iter().zip(countries) {
        text = text.replace(&format!("{{{letter}}}"), name);
        text = text.replace(&format!("{{{}}}", letter.to_lowercase()), adjective);
        text = text.replace(&format!("{{city{letter}}}"), capital);
    }
    for (blank, filling) in [
        ("{topic}", topic),
        ("{day}", dice.pick(&DAYS)),
        ("{date}", &coming_day),
        ("{month}", month(coming)),
        ("{n}", &number),
    ] {
        text = text.replace(blank, filling);
    }
    text
}

/// A text with each country put in the place of another, and other numbers.
fn other_names(text: &str, dice: &mut Dice) -> String {
    let shift = usize::try_from(1 + dice.below(COUNTRIES.len() as u64 - 1)).unwrap();
    let words = text.split(' ').map(|word| {
        let bare = word.trim_matches(|character: char| !character.is_alphanumeric());
        let other = COUNTRIES.iter().enumerate().find_map(|(index, country)| {
            let next = COUNTRIES[(index + shift) % COUNTRIES.len()];
            [(country.0, next.0), (country.1, next.1), (country.2, next.2)]
                .into_iter()
                .find_map(|(name, other)| (name == bare).then_some(other))
        });
        match other {
            Some(other) => word.replace(bare, other),
            None if bare.parse::<u8>().is_ok() => word.replace(bare, &(2 + dice.below(26)).to_string()),
            None => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
