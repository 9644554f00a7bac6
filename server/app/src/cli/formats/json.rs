//! `check` as one JSON object, written as it grows.

use super::{Report, to_json};
use crate::cli::{
    Failure,
    closing::Tally,
    console::Console,
    json,
    judging::{Judged, Unread},
};

#[derive(Default)]
pub(super) struct Json {
    /// What stands before the next file.
    separator: &'static str,
}

impl Json {
    fn file(&mut self, answer: &json::FileAnswer, console: &mut Console) -> Result<(), Failure> {
        console.print_raw(&format!("{}\n{}", self.separator, to_json(answer)?))?;
        self.separator = ",";
        Ok(())
    }
}

impl Report for Json {
    fn begin(&mut self, console: &mut Console) -> Result<(), Failure> {
        Ok(console.print_raw(&format!("{{\"version\":{},\"files\":[", json::VERSION))?)
    }

    fn judged(&mut self, judged: &Judged, console: &mut Console) -> Result<(), Failure> {
        self.file(&json::file(judged), console)
    }

    fn unread(&mut self, unread: &Unread, console: &mut Console) -> Result<(), Failure> {
        self.file(&json::unread(unread), console)
    }

    fn end(&mut self, tally: &Tally, console: &mut Console) -> Result<(), Failure> {
        Ok(console.print_raw(&format!("\n],\"summary\":{}}}\n", to_json(&tally.summary)?))?)
    }
}
