//! What went wrong in a reading, named, without stopping it.

use crate::Span;

/// Something a reader of the reading should know: input that could not be used, or used only in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where in the text, if anywhere.
    pub span: Option<Span>,
    /// Stable name, `stage/what`: `date/no-anchor`, `source/binary`.
    pub code: &'static str,
    /// One sentence for people.
    pub message: String,
}

impl Problem {
    /// A problem of the document as a whole.
    #[must_use]
    pub fn whole(code: &'static str, message: impl Into<String>) -> Problem {
        Problem { span: None, code, message: message.into() }
    }

    /// A problem of one place in the text.
    #[must_use]
    pub fn at(span: Span, code: &'static str, message: impl Into<String>) -> Problem {
        Problem { span: Some(span), code, message: message.into() }
    }
}
