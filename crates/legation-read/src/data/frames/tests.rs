//! What the loader accepts and refuses.

use super::*;

const TYPE: &str = "kind = \"CONSULT\"\ndefinition = \"d\"\nquad = \"verbal-cooperation\"\nrecipient_required = true\n\
                    intensity = 1\ncameo = [\"04\"]\n[[mode]]\nname = \"visit\"\ndefinition = \"d\"\n";

fn file(path: &str, text: &str) -> DataFile {
    DataFile { path: path.to_owned().into(), text: text.to_owned().into() }
}

/// Loads one frame beside a small codebook; the faults as printed.
fn load(frame: &str) -> (Frames, Vec<String>) {
    let files = [
        file("codebook/consult.toml", TYPE),
        file("frames/lists.toml", "[lists]\ntalks = [\"talk\", \"summit\"]\n"),
        file("frames/consult/x.toml", frame),
    ];
    let mut errors = Vec::new();
    let codebook = Codebook::load(&files, &mut errors);
    let frames = Frames::load(&files, &codebook, &mut errors);
    (frames, errors.iter().map(ToString::to_string).collect())
}

const EXAMPLE: &str = "[[example]]\ntext = \"Chad met Mali.\"\n";

#[test]
fn a_frame_is_indexed_by_the_first_word_of_each_trigger() {
    let source = "verbs = [\"meet\", \"sit down with\", \"give +in to\", \"pay visit to\"]\nnouns = [\"peace talk\"]\n\
                  objects = [\"@talks\"]\n";
    let (frames, errors) = load(&format!("{source}{EXAMPLE}"));
    assert_eq!(errors, Vec::<String>::new());
    let sit = &frames.of_verb("sit")[0];
    assert_eq!((sit.particle.as_deref(), sit.phrase.clone()), (Some("down"), Some(("with".into(), None))));
    assert_eq!(frames.of_verb("give")[0].particle.as_deref(), Some("in"));
    assert_eq!(frames.of_verb("pay")[0].object.as_deref(), Some("visit"));
    assert_eq!(frames.of_noun("talk")[0].object.as_deref(), Some("peace"));
    assert_eq!(frames.get(0).objects, ["summit", "talk"]);
    assert_eq!(frames.triggers(), 5);
}

#[test]
fn british_spellings_find_american_triggers() {
    let (frames, _) = load(&format!("verbs = [\"criticize\"]\n{EXAMPLE}"));
    assert_eq!(frames.of_verb("criticise").len(), 1);
    assert_eq!(frames.of_verb("promise").len(), 0);
}

#[test]
fn faults_are_named_with_file_line_and_hint() {
    for (frame, fault) in [
        ("verbs = [\"meet\"]\nverb = 1\n", "frames/consult/x.toml:2: unknown field `verb`"),
        ("\nverbs = [\"meet with her now\"]\n", "frames/consult/x.toml:2: “now” is one word too many"),
        (
            "verbs = [\"meet\"]\nmode = \"phon\"\n",
            "frames/consult/x.toml:2: CONSULT has no mode “phon” (hint: modes of CONSULT: visit)",
        ),
        (
            "verbs = [\"meet\"]\nactor = [\"sbj\"]\n",
            "frames/consult/x.toml:2: no place in the tree called “sbj”",
        ),
        ("verbs = [\"meet\"]\nobjects = [\"@tlaks\"]\n", "frames/consult/x.toml:2: no list “tlaks”"),
        ("verbs = [\"meet\"]\nneeds = \"all\"\n", "frames/consult/x.toml:2: needs cannot be “all”"),
        ("verbs = [\"meet\"]\nclause = \"yes\"\n", "frames/consult/x.toml:2: clause cannot be “yes”"),
        ("verbs = [\"meet\"]\ninner = \"gone\"\n", "frames/consult/x.toml:2: inner cannot be “gone”"),
        ("verbs = [\"meet\"]\ncontexts = [\"weather\"]\n", "frames/consult/x.toml:2: no context “weather”"),
        ("reciprocal = true\n", "frames/consult/x.toml:0: no trigger"),
    ] {
        let (_, errors) = load(&format!("{frame}{EXAMPLE}"));
        assert!(errors.iter().any(|error| error.starts_with(fault)), "{fault}\n{errors:?}");
    }
    let (_, errors) = load("verbs = [\"meet\"]\n");
    assert!(errors[0].starts_with("frames/consult/x.toml:0: no example"), "{errors:?}");
}

#[test]
fn the_codebook_refuses_what_is_out_of_range() {
    let files = [file("codebook/meet.toml", &TYPE.replace("intensity = 1", "intensity = 11"))];
    let mut errors = Vec::new();
    Codebook::load(&files, &mut errors);
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(
        errors[0].contains("does not bear the name") && errors[1].contains("intensity 11 is out of range")
    );
}

#[test]
fn the_shipped_codebook_has_all_types() {
    let files: Vec<DataFile> = crate::data::Data::shipped_files().collect();
    let data = crate::data::Data::load(&files).unwrap();
    assert_eq!(data.codebook.types().count(), 16);
    assert!(data.frames.triggers() > 1000);
}
