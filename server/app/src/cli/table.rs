//! Aligned columns without borders, the last one wrapped on a terminal.

use tabled::{
    builder::Builder,
    settings::{Padding, Style, Width, object::Columns},
};

/// Narrower than this a last column is not made.
const NARROWEST: usize = 24;

/// Lays rows out. Cells may hold styles; the last column is wrapped so that a line fits `width`.
pub(super) fn aligned(rows: &[Vec<String>], width: Option<usize>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = Builder::from_iter(rows.iter().map(|row| row.iter())).build();
    table.with(Style::empty()).with(Padding::new(0, 2, 0, 0));
    if let Some(width) = width {
        let last = rows[0].len() - 1;
        let others = table.total_width().saturating_sub(widest(rows, last));
        let left = width.saturating_sub(others).max(NARROWEST);
        table.modify(Columns::last(), Width::wrap(left).keep_words(true));
    }
    let text = table.to_string();
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
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
    fn the_last_column_wraps_on_a_narrow_terminal() {
        let rows = [row(&["id", "some words that are too many for one line of this width"])];
        let wrapped = aligned(&rows, Some(40));
        assert!(wrapped.lines().count() > 1 && wrapped.lines().all(|line| line.len() <= 40), "{wrapped}");
    }
}
