//! Embeds everything under `data/` and the weights under `models/`, so that the binary needs no file beside it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The compiler of the gazetteer, shared with the program.
#[allow(dead_code, unreachable_pub)]
#[path = "src/data/gazetteer/compile.rs"]
mod compile;
#[allow(dead_code, unreachable_pub)]
#[path = "src/data/fold.rs"]
mod fold;

/// The folder of the model that ships.
const MODEL: &str = "models/en-1";

/// The folder of the model of events.
const EVENTS: &str = "models/events-1";

/// The table that is compiled rather than embedded.
const GAZETTEER: &str = "gazetteer/places.tsv";

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../..");
    let root = root.canonicalize()?;
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let mut files = Vec::new();
    collect(&root.join("data"), &mut files)?;
    files.sort();
    files.retain(|file| !file.ends_with(GAZETTEER));
    fs::write(out.join("gazetteer.bin"), gazetteer(&root.join("data").join(GAZETTEER))?)?;
    let mut table = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(root.join("data")).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        writeln!(table, "    ({name:?}, include_str!({:?})),", file.display().to_string())
            .map_err(io::Error::other)?;
    }
    table.push_str("]\n");
    fs::write(out.join("shipped_data.rs"), table)?;
    fs::write(out.join("frame_tests.rs"), frame_tests(&root.join("data"), &files)?)?;
    for (model, name, source) in [
        (MODEL, "weights", "shipped_weights.rs"),
        (MODEL, "sentences", "shipped_sentences.rs"),
        (EVENTS, "weights", "shipped_events.rs"),
    ] {
        let file = root.join(model).join(name).with_extension("bin");
        let expression = if file.exists() {
            format!("include_bytes!({:?})\n", file.display().to_string())
        } else {
            String::from("b\"\"\n")
        };
        fs::write(out.join(source), expression)?;
    }
    println!("cargo:rerun-if-changed={}", root.join("data").display());
    println!("cargo:rerun-if-changed={}", root.join("models").display());
    println!("cargo:rerun-if-changed=build.rs");
    Ok(())
}

/// The gazetteer, compiled.
fn gazetteer(path: &Path) -> io::Result<Vec<u8>> {
    let wrong = |(line, message)| io::Error::other(format!("{}:{line}: {message}", path.display()));
    compile::compile(&fs::read_to_string(path)?).map_err(wrong)
}

/// One test a frame file, for `tests/frames`.
fn frame_tests(data: &Path, files: &[PathBuf]) -> io::Result<String> {
    let mut tests = String::new();
    for file in files {
        let name = file.strip_prefix(data).map_err(io::Error::other)?.with_extension("");
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        if let ["frames", kind, frame] = parts.iter().map(AsRef::as_ref).collect::<Vec<_>>()[..] {
            let test = format!("{kind}_{frame}").replace('-', "_");
            writeln!(tests, "#[test]\nfn {test}() {{\n    check(\"{kind}/{frame}\");\n}}")
                .map_err(io::Error::other)?;
        }
    }
    Ok(tests)
}

/// Gathers the `.toml` and `.tsv` files below a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "tsv") {
            files.push(path);
        }
    }
    Ok(())
}
