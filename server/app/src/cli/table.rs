//! Aligned columns without borders, the last one wrapped on a terminal: beside the others, or below where there is little room.

use tabled::{
    Table,
    builder::Builder,
    settings::{Padding, Style},
};
use textwrap::{Options, fill};

/// With less room than this, in columns, the last cell goes below its row.
const NARROWEST: usize = 56;

/// Between two columns.
const GAP: usize = 2;

/// How far in the last cell stands below its row, in columns.
const BELOW: usize = 3;

/// Lays rows out. Cells may hold styles; the last column is wrapped so that a line fits `width`.
pub(super) fn aligned(rows: &[Vec<String>], width: Option<usize>) -> String {
    let Some(last) = rows.iter().map(Vec::len).max().and_then(|cells| cells.checked_sub(1)) else {
        return String::new();
    };
    let Some(width) = width else { return lines(&table(rows)) };
    let widest = widest(rows, last);
    let others = table(rows).total_width().saturating_sub(widest + GAP);
    match width.saturating_sub(others) {
        left if left >= widest => lines(&table(rows)),
        left if left >= NARROWEST => beside(rows, last, left),
        _ => below(rows, last, width),
    }
}

/// Rows without their last cell, which follows on lines of its own.
fn below(rows: &[Vec<String>], last: usize, width: usize) -> String {
    let heads: Vec<Vec<String>> = rows.iter().map(|row| row.iter().take(last).cloned().collect()).collect();
    let heads = lines(&table(&heads));
    let indent = " ".repeat(BELOW);
    let options = Options::new(width).initial_indent(&indent).subsequent_indent(&indent);
    let note = |row: &Vec<String>| match row.get(last) {
        Some(note) if !note.is_empty() => fill(note, &options) + "\n",
        _ => String::new(),
    };
    heads.lines().zip(rows).map(|(head, row)| format!("{head}\n{}", note(row))).collect()
}

/// Rows whose last cell is wrapped to a width in columns.
fn beside(rows: &[Vec<String>], last: usize, width: usize) -> String {
    let narrow = |row: &Vec<String>| {
        let cells = row.iter().enumerate();
        cells.map(|(at, cell)| if at == last { fill(cell, width) } else { cell.clone() }).collect()
    };
    lines(&table(&rows.iter().map(narrow).collect::<Vec<Vec<String>>>()))
}

fn table(rows: &[Vec<String>]) -> Table {
    let mut table = Builder::from_iter(rows.iter().map(|row| row.iter())).build();
    table.with(Style::empty()).with(Padding::new(0, GAP, 0, 0));
    table
}

fn lines(table: &Table) -> String {
    table.to_string().lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn widest(rows: &[Vec<String>], column: usize) -> usize {
    let cell_width =
        |row: &Vec<String>| row.get(column).map_or(0, |cell| tabled::grid::util::string::get_text_width(cell));
    rows.iter().map(cell_width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn columns_align_by_what_is_seen() {
        let rows = [row(&["a", "【x】", "one"]), row(&["\u{1b}[1mbbb\u{1b}[0m", "y", "two"])];
        let plain = anstream::adapter::strip_str(&aligned(&rows, None)).to_string();
        assert_eq!(plain, "a    【x】  one\nbbb  y      two\n");
    }

    #[test]
    fn the_last_column_wraps_beside_the_others() {
        let rows = [row(&["id", &"some words ".repeat(12)]), row(&["other", "one"])];
        let wrapped = aligned(&rows, Some(80));
        assert_eq!(wrapped.lines().count(), 3, "{wrapped}");
        assert!(wrapped.lines().all(|line| line.len() <= 80), "{wrapped}");
        assert!(wrapped.lines().nth(1).is_some_and(|line| line.starts_with("       words")), "{wrapped}");
    }

    #[test]
    fn the_last_column_stands_below_where_there_is_little_room() {
        let rows = [row(&["id", "some words that are too many for this line"]), row(&["other", ""])];
        assert_eq!(aligned(&rows, Some(30)), "id\n   some words that are too\n   many for this line\nother\n");
    }
}
