//! The bar that people watch while a long run goes on.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on a terminal when there is more than one report, nothing otherwise.
pub(crate) fn bar(reports: usize) -> ProgressBar {
    if reports < 2 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let length = u64::try_from(reports).unwrap_or(u64::MAX);
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} reports, {eta} left");
    style.map_or(bar.clone(), |style| bar.with_style(style))
}
