//! Places of the GeoVirus reports, by country and distance.

use std::io::{self, Write};

use legation_read::data::registers::{PlaceKind, Registers, StateId};
use legation_read::resolve::place::Place;
use legation_read::{Reader, Reading, Span, source};
use roxmltree::{Document, Node};
use serde_json::{Value, json};

use crate::input;

/// A gold place nearer than this to ours is in the same country for all that borders matter, in kilometres.
const BORDER: f64 = 50.0;

/// What is counted.
#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    country: usize,
    predicted: usize,
    right: usize,
    /// Kilometres between gold and found cities.
    distances: Vec<f64>,
}

/// Prints every gold place with what was read there, and the figures last.
///
/// # Errors
/// If the file is not XML, or the output cannot be written.
pub(crate) fn measure(reader: &Reader, text: &str, out: &mut impl Write) -> io::Result<()> {
    let document = Document::parse(text).map_err(io::Error::other)?;
    let mut counts = Counts::default();
    for article in document.descendants().filter(|node| node.has_tag_name("article")) {
        for line in article_lines(reader, article, &mut counts) {
            writeln!(out, "{line}")?;
        }
    }
    writeln!(out, "{}", counts.summary())
}

fn article_lines(reader: &Reader, article: Node<'_, '_>, counts: &mut Counts) -> Vec<Value> {
    let Some(text) = child_text(article, "text") else { return Vec::new() };
    let reading = reader.read_document(source::verbatim("article", text, None));
    let registers = &reader.data().registers;
    let mut lines = Vec::new();
    let mut gold = Vec::new();
    for location in article.descendants().filter(|node| node.has_tag_name("location")) {
        let Some(place) = Gold::read(location, text) else { continue };
        counts.gold += 1;
        let found = mentions(&reading).find(|(span, _)| overlap(*span, place.span)).map(|(_, found)| found);
        lines.push(counts.judge(&place, found, registers));
        gold.push(place.span);
    }
    for (span, found) in mentions(&reading) {
        counts.predicted += 1;
        if gold.iter().any(|gold| overlap(*gold, span)) {
            counts.right += 1;
        } else {
            lines.push(json!({"false": span.of(text), "name": found.name, "country": found.country}));
        }
    }
    lines
}

/// A place as the set has it.
struct Gold<'a> {
    name: &'a str,
    span: Span,
    coordinates: (f64, f64),
}

impl<'a> Gold<'a> {
    fn read(location: Node<'a, '_>, text: &str) -> Option<Gold<'a>> {
        let number = |name| child_text(location, name)?.trim().parse::<f64>().ok();
        let point = |name| child_text(location, name)?.trim().parse::<u64>().ok()?.checked_sub(1);
        // The set counts from one.
        let marked = json!({"start": point("start")?, "end": point("end")?});
        Some(Gold {
            name: child_text(location, "name")?,
            span: input::span(text, &marked)?,
            coordinates: (number("lat")?, number("lon")?),
        })
    }
}

impl Counts {
    fn judge(&mut self, gold: &Gold<'_>, found: Option<&Place>, registers: &Registers) -> Value {
        let Some(place) = found else { return json!({"missed": gold.name}) };
        self.found += 1;
        let expected = nearest_country(gold.coordinates, registers);
        let here = place.latitude.zip(place.longitude);
        let distance = here.map(|here| kilometres(here, gold.coordinates));
        let near = distance.is_some_and(|distance| distance < BORDER);
        let borders =
            || place.country.as_deref().is_some_and(|ours| is_at_border(gold.coordinates, ours, registers));
        let right = near || place.country.as_deref() == expected || is_shared(place, registers) || borders();
        self.country += usize::from(right);
        let city = place.geonames.is_some_and(|number| is_city(number, registers));
        if let (true, Some(distance)) = (city, distance) {
            self.distances.push(distance);
        }
        json!({"gold": gold.name, "name": place.name, "country": place.country, "expected": expected, "right": right, "km": distance.map(f64::round)})
    }

    fn summary(&mut self) -> Value {
        self.distances.sort_by(f64::total_cmp);
        let share = |part: usize, whole: usize| {
            let share = part as f64 / (whole.max(1)) as f64;
            (share * 1e4).round() / 1e4
        };
        json!({
            "gold": self.gold,
            "recall": share(self.found, self.gold),
            "precision": share(self.right, self.predicted),
            "country right of found": share(self.country, self.found),
            "cities": self.distances.len(),
            "median km of cities": self.distances.get(self.distances.len() / 2),
        })
    }
}

fn child_text<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.children().find(|child| child.has_tag_name(name))?.text()
}

fn mentions(reading: &Reading) -> impl Iterator<Item = (Span, &Place)> {
    reading.places.iter().flat_map(|place| place.mentions.iter().map(move |span| (*span, place)))
}

fn overlap(left: Span, right: Span) -> bool {
    left.start < right.end && right.start < left.end
}

fn is_city(number: u32, registers: &Registers) -> bool {
    let capital = || registers.capitals.iter().any(|capital| capital.geonames == Some(number));
    let city = |place: &legation_read::data::registers::Place| {
        place.kind == PlaceKind::City && place.geonames() == Some(number)
    };
    registers.gazetteer.towns().any(|town| town.geonames == Some(number))
        || registers.places.iter().any(city)
        || capital()
}

/// The country of the city nearest to some coordinates.
fn nearest_country(coordinates: (f64, f64), registers: &Registers) -> Option<&str> {
    let nearest = distances(coordinates, registers).min_by(|left, right| left.0.total_cmp(&right.0));
    nearest.map(|(_, country)| country)
}

/// Whether a city of a country lies about as near to some coordinates as the nearest of all.
fn is_at_border(coordinates: (f64, f64), country: &str, registers: &Registers) -> bool {
    let least = |ours: Option<&str>| {
        distances(coordinates, registers)
            .filter(|(_, country)| ours.is_none_or(|ours| ours == *country))
            .map(|(distance, _)| distance)
            .fold(f64::INFINITY, f64::min)
    };
    least(Some(country)) < least(None) + BORDER
}

/// The distances of all cities, with their countries.
fn distances(coordinates: (f64, f64), registers: &Registers) -> impl Iterator<Item = (f64, &str)> {
    let degrees = |(latitude, longitude): (f32, f32)| (f64::from(latitude), f64::from(longitude));
    let key = |state: StateId| &*registers[state].key;
    let cities = registers.places.iter().filter(|place| place.kind == PlaceKind::City);
    let cities = cities.filter_map(move |place| Some((place.coordinates?, key(place.country?))));
    let capitals = registers.capitals.iter();
    let capitals = capitals.filter_map(move |capital| Some((capital.coordinates?, key(capital.state))));
    let towns = registers.gazetteer.towns().filter_map(|town| Some((town.coordinates?, town.country)));
    cities
        .chain(capitals)
        .chain(towns)
        .map(move |(city, country)| (kilometres(degrees(city), coordinates), country))
}

/// Whether a place belongs to no one country: a continent, a sea.
fn is_shared(found: &Place, registers: &Registers) -> bool {
    let shared = |place: &legation_read::data::registers::Place| {
        place.country.is_none() && &*place.name == found.name.as_str()
    };
    found.country.is_none() && registers.places.iter().any(shared)
}

/// Great-circle distance between two points in degrees.
fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (from_latitude, to_latitude) = (from.0.to_radians(), to.0.to_radians());
    let half_latitude = (to_latitude - from_latitude) / 2.0;
    let half_longitude = (to.1 - from.1).to_radians() / 2.0;
    let chord =
        half_latitude.sin().powi(2) + from_latitude.cos() * to_latitude.cos() * half_longitude.sin().powi(2);
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::kilometres;

    #[test]
    fn distances_are_those_of_the_globe() {
        let (berlin, paris) = ((52.52, 13.41), (48.86, 2.35));
        assert!((kilometres(berlin, paris) - 878.0).abs() < 5.0);
        assert!(kilometres(paris, paris) < 0.001);
    }
}
