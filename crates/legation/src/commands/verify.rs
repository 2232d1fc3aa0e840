//! `legation verify`: is the record whole, and what can be saved of it?

use std::fmt::Write as _;

use legation_record::verify::{self, Findings};

use crate::{
    cli::VerifyArguments,
    exit::{self, Failure},
};

/// Names told in a list of many.
const NAMES: usize = 20;

/// Says what is damaged and what can be read, and saves that where asked.
///
/// # Errors
/// If there is no record, or what is saved cannot be written.
pub(crate) fn run(arguments: &VerifyArguments) -> Result<u8, Failure> {
    let findings = match &arguments.output {
        Some(output) => verify::save(&arguments.record, output)?,
        None => verify::verify(&arguments.record)?,
    };
    super::print(&told(arguments, &findings))?;
    Ok(if findings.is_whole() { exit::SUCCESS } else { exit::RECORD })
}

fn told(arguments: &VerifyArguments, findings: &Findings) -> String {
    let record = arguments.record.display();
    let mut out =
        if findings.is_whole() { format!("{record}: whole\n") } else { format!("{record}: damaged\n") };
    list(&mut out, "faults", &findings.faults);
    let _ = writeln!(out, "  reports that can be read in full: {}", findings.whole);
    list(&mut out, "reports of which the text is left", &findings.text_only);
    list(&mut out, "reports that are lost", &findings.lost);
    if findings.lost_readings > 0 {
        let _ = writeln!(out, "  older readings that are lost: {}", findings.lost_readings);
    }
    match &arguments.output {
        Some(output) => {
            let _ = writeln!(out, "{}: what can be read is in it", output.display());
            if !findings.text_only.is_empty() {
                let _ = writeln!(
                    out,
                    "  hint: legation reread --record {} reads the texts again",
                    output.display()
                );
            }
        }
        None if !findings.is_whole() => {
            let _ = writeln!(out, "  hint: --output FILE writes what can be read into a new record");
        }
        None => {}
    }
    out
}

fn list(out: &mut String, what: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "  {what}: {}", items.len());
    for item in items.iter().take(NAMES) {
        let _ = writeln!(out, "    {}", item.replace('\n', "\n    "));
    }
    if items.len() > NAMES {
        let _ = writeln!(out, "    and {} more", items.len() - NAMES);
    }
}
