//! `check` for people: each file with its excerpts, and the tables at the end.

use super::Report;
use crate::cli::{
    Failure,
    closing::Tally,
    console::Console,
    judging::{Judged, Unread},
    people::{self, Detail},
};

pub(super) struct People {
    pub(super) detail: Detail,
}

impl Report for People {
    fn judged(&mut self, judged: &Judged, console: &mut Console) -> Result<(), Failure> {
        Ok(console.print(&people::file(judged, self.detail, console.width))?)
    }

    fn unread(&mut self, _unread: &Unread, _console: &mut Console) -> Result<(), Failure> {
        Ok(())
    }

    fn end(&mut self, tally: &Tally, console: &mut Console) -> Result<(), Failure> {
        if tally.summary.files > 1 {
            console.print("\n")?;
            console.print(&tally.table(console.width))?;
        }
        if self.detail == Detail::Brief {
            console.print(&tally.notes())?;
        }
        if tally.summary.files > 0 {
            console.print(&tally.closing_line())?;
        }
        Ok(())
    }
}
