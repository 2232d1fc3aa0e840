//! The codebook: the sixteen PLOVER types with their modes, and the contexts.
//!
//! One file a type, `codebook/<type>.toml`, and `codebook/contexts.toml`.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{DataError, DataFile, toml_file};

/// A mode of a type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModeEntry {
    /// As coded: `visit`.
    pub name: String,
    /// What it covers.
    pub definition: String,
    /// -10 to 10; the type's own where not given.
    pub intensity: Option<f64>,
    /// CAMEO code it maps to; the type's own where not given.
    pub cameo: Option<String>,
}

/// A type that is easily confused with this one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Neighbour {
    /// The other type.
    pub kind: String,
    /// How we decide.
    pub decide: String,
}

/// A sentence with the reason why it is, or is not, of the type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Illustration {
    /// The sentence.
    pub text: String,
    /// Why.
    pub why: String,
}

/// One PLOVER type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeEntry {
    /// `CONSULT`.
    pub kind: String,
    /// What it covers.
    pub definition: String,
    /// `verbal-cooperation`, `material-cooperation`, `verbal-conflict` or `material-conflict`.
    pub quad: String,
    /// Whether an event without a recipient is incomplete.
    pub recipient_required: bool,
    /// -10 to 10, after Goldstein (1992) as carried over to CAMEO.
    pub intensity: f64,
    /// CAMEO root or three-digit codes it maps to.
    pub cameo: Vec<String>,
    /// Its modes.
    #[serde(default, rename = "mode")]
    pub modes: Vec<ModeEntry>,
    /// Contexts often found with it.
    #[serde(default)]
    pub contexts: Vec<String>,
    /// Types that are easily confused with it.
    #[serde(default, rename = "neighbour")]
    pub neighbours: Vec<Neighbour>,
    /// Sentences that are of the type.
    #[serde(default, rename = "example")]
    pub examples: Vec<Illustration>,
    /// Sentences that seem so and are not.
    #[serde(default, rename = "counter_example")]
    pub counter_examples: Vec<Illustration>,
}

impl TypeEntry {
    /// The mode of this name.
    #[must_use]
    pub fn mode(&self, name: &str) -> Option<&ModeEntry> {
        self.modes.iter().find(|mode| mode.name == name)
    }

    /// Names of its modes, for messages.
    #[must_use]
    pub fn mode_names(&self) -> String {
        self.modes.iter().map(|mode| mode.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Intensity of an event of this type and mode.
    #[must_use]
    pub fn intensity_of(&self, mode: Option<&str>) -> f64 {
        mode.and_then(|mode| self.mode(mode)).and_then(|mode| mode.intensity).unwrap_or(self.intensity)
    }
}

impl TypeEntry {
    /// CAMEO codes that an event of this type and mode maps to.
    #[must_use]
    pub fn cameo_of(&self, mode: Option<&str>) -> Vec<String> {
        let own = mode.and_then(|mode| self.mode(mode)).and_then(|mode| mode.cameo.clone());
        own.map_or_else(|| self.cameo.clone(), |code| vec![code])
    }
}

/// One context: what an event is about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextEntry {
    /// As coded: `economic`.
    pub name: String,
    /// What it covers.
    pub definition: String,
    /// Lemmas that give it away.
    #[serde(default)]
    pub words: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextsFile {
    context: Vec<ContextEntry>,
}

/// All types and contexts.
#[derive(Debug, Default)]
pub struct Codebook {
    types: BTreeMap<String, TypeEntry>,
    /// The contexts, in the order of their names.
    pub contexts: Vec<ContextEntry>,
    context_of: FxHashMap<String, Vec<u32>>,
}

const QUADS: [&str; 4] =
    ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];

impl Codebook {
    /// Reads all files below `codebook/`.
    pub(super) fn load(files: &[DataFile], errors: &mut Vec<DataError>) -> Codebook {
        let mut codebook = Codebook::default();
        for file in files {
            if file.path == "codebook/contexts.toml" {
                match toml_file::parse::<ContextsFile>(file) {
                    Ok(source) => codebook.contexts = source.context,
                    Err(error) => errors.push(error),
                }
            } else if file.path.starts_with("codebook/") {
                match toml_file::parse::<TypeEntry>(file) {
                    Ok(entry) => codebook.add(file, entry, errors),
                    Err(error) => errors.push(error),
                }
            }
        }
        for (index, context) in codebook.contexts.iter().enumerate() {
            for word in &context.words {
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                codebook.context_of.entry(word.clone()).or_default().push(index);
            }
        }
        codebook
    }

    fn add(&mut self, file: &DataFile, entry: TypeEntry, errors: &mut Vec<DataError>) {
        let mut fault = |message: String, hint: &str| {
            errors.push(DataError { file: file.path.to_string(), line: 0, message, hint: hint.to_owned() });
        };
        if file.path != format!("codebook/{}.toml", entry.kind.to_lowercase()) {
            fault(
                format!("the file does not bear the name of its type {}", entry.kind),
                "rename one of the two",
            );
        }
        if !QUADS.contains(&entry.quad.as_str()) {
            fault(format!("no quad class “{}”", entry.quad), &QUADS.join(", "));
        }
        let intensities = entry.modes.iter().filter_map(|mode| mode.intensity).chain([entry.intensity]);
        for intensity in intensities.filter(|intensity| !(-10.0..=10.0).contains(intensity)) {
            fault(format!("intensity {intensity} is out of range"), "-10 to 10");
        }
        self.types.insert(entry.kind.clone(), entry);
    }

    /// The type of this name: `CONSULT`.
    #[must_use]
    pub fn get(&self, kind: &str) -> Option<&TypeEntry> {
        self.types.get(kind)
    }

    /// All types, in alphabetical order.
    pub fn types(&self) -> impl Iterator<Item = &TypeEntry> {
        self.types.values()
    }

    /// Whether there is such a context.
    #[must_use]
    pub fn has_context(&self, name: &str) -> bool {
        self.contexts.iter().any(|context| context.name == name)
    }

    /// The contexts that a lemma gives away, as indices of [`Codebook::contexts`].
    #[must_use]
    pub fn contexts_of(&self, lemma: &str) -> &[u32] {
        self.context_of.get(lemma).map_or(&[], Vec::as_slice)
    }
}
