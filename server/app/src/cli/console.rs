//! Where answers go: standard output for what was asked, standard error for what went wrong.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice, adapter::strip_str};
use anstyle::{AnsiColor, Style};

use super::{Colour, harmless::harmless};

pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
pub(super) const NOTE: Style = AnsiColor::Cyan.on_default();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const STRONG: Style = Style::new().bold();

/// The width taken where no terminal tells one and text is to be wrapped.
const USUAL_WIDTH: usize = 100;

/// Both output streams.
pub(super) struct Console {
    out: BufWriter<StdoutLock<'static>>,
    out_colours: bool,
    error_colours: bool,
    /// Columns of the terminal; `None` where the output is no terminal.
    pub(super) width: Option<usize>,
}

impl Console {
    pub(super) fn new(colour: Colour) -> Self {
        let out = io::stdout().lock();
        let width = out.is_terminal().then(|| {
            terminal_size::terminal_size().map_or(USUAL_WIDTH, |(terminal_size::Width(width), _)| width.into())
        });
        let coloured = |choice: ColorChoice| choice != ColorChoice::Never;
        let (out_colours, error_colours) = match colour {
            Colour::Always => (true, true),
            Colour::Never => (false, false),
            Colour::Auto => (coloured(AutoStream::choice(&out)), coloured(AutoStream::choice(&io::stderr()))),
        };
        Self { out: BufWriter::new(out), out_colours, error_colours, width }
    }

    /// Writes text with styles; they are taken out where there are no colours.
    pub(super) fn print(&mut self, styled: &str) -> io::Result<()> {
        if self.out_colours { self.out.write_all(styled.as_bytes()) } else { write!(self.out, "{}", strip_str(styled)) }
    }

    /// Writes text as it is: what another program reads.
    pub(super) fn print_raw(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    pub(super) fn tell_error(&mut self, message: &str) {
        self.tell(ERROR, "error", message);
    }

    pub(super) fn tell_warning(&mut self, message: &str) {
        self.tell(WARNING, "warning", message);
    }

    pub(super) fn tell_note(&mut self, message: &str) {
        self.tell(NOTE, "note", message);
    }

    fn tell(&mut self, style: Style, word: &str, message: &str) {
        // What was found so far comes first where both streams are one terminal; its failure is told at the end.
        let _ = self.out.flush();
        let line = format!("{style}{word}{style:#}: {}\n", harmless(message));
        let line = if self.error_colours { line } else { strip_str(&line).to_string() };
        // Nobody is left to tell when standard error is closed.
        let _ = io::stderr().write_all(line.as_bytes());
    }
}
