//! The page: the template filled with the matrix. Everything is in it; nothing is fetched.

use askama::Template;

use super::{
    charts::{self, BAR_WIDTH, ClauseBar, LABEL_WIDTH, ROW_HEIGHT, RuleBar},
    matrix::{Comparison, Group, GroupTally, Matrix, Sheet},
    packed, table,
};
use crate::cli::Failure;

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    title: &'a str,
    version: &'static str,
    tally: GroupTally,
    /// What has become of it since the older run, where there is one.
    changes: Option<String>,
    sheets: Vec<SheetView<'a>>,
    matrix: String,
    details: Vec<String>,
}

struct SheetView<'a> {
    place: usize,
    sheet: &'a Sheet,
    clause_bars: Vec<ClauseBar>,
    rule_bars: Vec<RuleBar>,
    further_rules: usize,
}

/// One self-contained page.
///
/// # Errors
/// When it can't be put together, which would be the program's fault.
pub(super) fn html(matrix: &Matrix, title: &str) -> Result<String, Failure> {
    let view = |(place, sheet)| {
        let (rule_bars, further_rules) = charts::rule_bars(sheet);
        SheetView { place, sheet, clause_bars: charts::clause_bars(sheet), rule_bars, further_rules }
    };
    let page = Page {
        title,
        version: env!("CARGO_PKG_VERSION"),
        tally: matrix.tally(),
        changes: (matrix.is_compared == Comparison::Compared).then(|| table::changes(matrix)),
        sheets: matrix.sheets.iter().enumerate().map(view).collect(),
        matrix: packed::matrix(matrix)?,
        details: packed::details(matrix)?,
    };
    page.render().map_err(|error| Failure::Told(format!("the page can't be put together: {error}")))
}

impl SheetView<'_> {
    fn clauses_height(&self) -> usize {
        self.clause_bars.len() * ROW_HEIGHT
    }

    fn rules_height(&self) -> usize {
        self.rule_bars.len() * ROW_HEIGHT
    }

    const fn chart_width(&self) -> usize {
        LABEL_WIDTH + BAR_WIDTH + 60
    }

    const fn bars_begin(&self) -> usize {
        LABEL_WIDTH
    }

    const fn bars_end(&self) -> usize {
        LABEL_WIDTH + BAR_WIDTH + 8
    }

    fn replies(&self) -> String {
        replies(self.sheet.rows.len())
    }

    fn group_name<'a>(&self, group: &'a Group) -> &'a str {
        if group.name.is_empty() { "all replies" } else { &group.name }
    }
}

/// "1 reply", "2 replies".
fn replies(count: usize) -> String {
    if count == 1 { "1 reply".to_owned() } else { format!("{count} replies") }
}

/// A rate for people.
fn rate(percent: Option<usize>) -> String {
    percent.map_or("–".to_owned(), |percent| format!("{percent} %"))
}
