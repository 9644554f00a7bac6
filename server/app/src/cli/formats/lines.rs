//! `check` as JSON lines: for each file, on a line of its own, what the JSON answer holds for it. A line follows from
//! its file alone, so that lines of several runs can be joined.

use super::{Report, to_json};
use crate::cli::{
    Failure,
    console::Console,
    json::{self, FileAnswer},
    judging::{Judged, Unread},
};

pub(super) struct Lines;

impl Lines {
    fn line(answer: &FileAnswer, console: &mut Console) -> Result<(), Failure> {
        console.print_raw(&(to_json(answer)? + "\n"))?;
        // Whoever reads along wants it now.
        Ok(console.finish()?)
    }
}

impl Report for Lines {
    fn judged(&mut self, judged: &Judged, console: &mut Console) -> Result<(), Failure> {
        Self::line(&json::file(judged), console)
    }

    fn unread(&mut self, unread: &Unread, console: &mut Console) -> Result<(), Failure> {
        Self::line(&json::unread(unread), console)
    }
}
