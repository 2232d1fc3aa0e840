//! What the head of a page says about its report.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::day;

/// Metadata as the page gives it, the best source of each first.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    /// The `title` element, which often carries the outlet's name too.
    pub(super) page_title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    /// Days of publication with the rank of their source, lower is better.
    pub(super) days: Vec<(u8, Date)>,
}

/// Names of publication dates in `meta` elements, lower-cased.
const DAY_NAMES: &[&str] = &[
    "article:published_time",
    "article:published",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "parsely-pub-date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "sailthru.date",
    "og:published_time",
    "published_time",
    "publication_date",
    "citation_publication_date",
    "article.published",
    "bt:pubdate",
    "ptime",
    "og:article:published_time",
    "rnews:datepublished",
];

impl Metadata {
    /// Takes one `meta` element.
    pub(super) fn add(&mut self, name: &str, content: &str) {
        let content = content.trim();
        if content.is_empty() || name.len() > 64 {
            return;
        }
        let name = name.to_ascii_lowercase();
        let fill = |slot: &mut Option<String>| {
            if slot.is_none() {
                *slot = Some(content.to_owned());
            }
        };
        match name.as_str() {
            "og:title" => self.title = Some(content.to_owned()),
            "twitter:title" | "dc.title" | "headline" => fill(&mut self.title),
            "og:site_name" => self.outlet = Some(content.to_owned()),
            "application-name" | "dc.publisher" | "publisher" => fill(&mut self.outlet),
            "author" | "byl" | "dc.creator" | "parsely-author" | "sailthru.author" => fill(&mut self.byline),
            "og:url" => self.set_url(content),
            "content-language" | "language" | "dc.language" | "og:locale" => fill(&mut self.language),
            name if DAY_NAMES.contains(&name) => self.add_day(0, content),
            _ => {}
        }
    }

    /// Takes the address of the page.
    pub(super) fn set_url(&mut self, url: &str) {
        if self.url.is_none() && url.starts_with("http") {
            self.url = Some(url.to_owned());
        }
    }

    /// Takes a `time` element.
    pub(super) fn add_time(&mut self, value: &str) {
        self.add_day(2, value);
    }

    /// Takes a block of JSON-LD, read no deeper than its named values.
    pub(super) fn add_json(&mut self, json: &str) {
        static VALUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(r#""(datePublished|headline|inLanguage)"\s*:\s*"((?:[^"\\]|\\.){1,400})""#).ok()
        });
        static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
            Regex::new(r#""(author|publisher)"\s*:\s*\[?\s*\{[^{}]{0,400}?"name"\s*:\s*"([^"\\]{1,200})""#)
                .ok()
        });
        for regex in [&VALUE, &NAME].into_iter().filter_map(|regex| regex.as_ref()) {
            for found in regex.captures_iter(json) {
                let value = &found[2];
                match &found[1] {
                    "datePublished" => self.add_day(1, value),
                    "headline" if self.title.is_none() && !value.contains('\\') => {
                        self.title = Some(value.to_owned());
                    }
                    "author" if self.byline.is_none() => self.byline = Some(value.to_owned()),
                    "publisher" if self.outlet.is_none() => self.outlet = Some(value.to_owned()),
                    "inLanguage" if self.language.is_none() => self.language = Some(value.to_owned()),
                    _ => {}
                }
            }
        }
    }

    fn add_day(&mut self, rank: u8, value: &str) {
        if self.days.len() < 64 {
            self.days.extend(day::find(value).map(|found| (rank, found.day)));
        }
    }
}
