//! The queries under grammars/ fit the grammar, and give the sample the colours and folds that they promise.

use std::{fs, path::PathBuf};

use tree_sitter::{Parser, Query, QueryCursor, StreamingIterator};

const SAMPLE: &str = "\
---- MODULE Clock ----
EXTENDS Naturals
CONSTANT Most
VARIABLE hour
\\* The hands move.
Tick(step) ==
    /\\ hour' = IF hour = Most THEN 0 ELSE hour + step
    /\\ UNCHANGED <<>>
Message == [type |-> \"tick\"]
Spec == [][Tick(1)]_hour /\\ WF_hour(Tick(1))
====
";

fn queries() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../grammars/queries")
}

/// What a query captures in the sample: the name and the text, as they stand, the last capture of a place alone.
fn captured(file: &str) -> Vec<(String, String)> {
    let language = tree_sitter_tlaplus::LANGUAGE.into();
    let source = fs::read_to_string(queries().join("tlaplus").join(file)).expect("the queries can be read");
    let query = Query::new(&language, &source).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut parser = Parser::new();
    parser.set_language(&language).expect("the grammar fits the library");
    let tree = parser.parse(SAMPLE, None).expect("nothing limits the parser");
    assert!(!tree.root_node().has_error(), "the sample is valid");
    let mut cursor = QueryCursor::new();
    let mut captures = cursor.captures(&query, tree.root_node(), SAMPLE.as_bytes());
    let mut found: Vec<((usize, usize), usize, String)> = Vec::new();
    while let Some((matched, place)) = captures.next() {
        let capture = matched.captures[*place];
        let range = (capture.node.start_byte(), capture.node.end_byte());
        found.push((range, matched.pattern_index, query.capture_names()[capture.index as usize].to_owned()));
    }
    found.sort_by_key(|(range, pattern, _)| (*range, *pattern));
    let last = |place: usize| found.get(place + 1).is_none_or(|next| next.0 != found[place].0);
    let text = |(start, end): (usize, usize)| SAMPLE[start..end].to_owned();
    (0..found.len()).filter(|place| last(*place)).map(|place| (found[place].2.clone(), text(found[place].0))).collect()
}

#[test]
fn names_words_and_comments_have_their_colours() {
    let captured = captured("highlights.scm");
    for (name, text) in [
        ("keyword.control.import", "EXTENDS"),
        ("namespace", "Clock"),
        ("namespace", "Naturals"),
        ("constant", "Most"),
        ("variable.other.member", "hour"),
        ("comment.line", "\\* The hands move."),
        ("function", "Tick"),
        ("variable.parameter", "step"),
        ("keyword.control.conditional", "IF"),
        ("constant.numeric.integer", "0"),
        ("keyword.operator", "UNCHANGED"),
        ("variable.other.member", "type"),
        ("string", "\"tick\""),
        ("keyword.operator", "WF_"),
    ] {
        assert!(captured.contains(&(name.to_owned(), text.to_owned())), "{name} of {text}: {captured:?}");
    }
}

#[test]
fn definitions_fold_and_are_text_objects() {
    let folds = captured("folds.scm");
    assert!(folds.iter().any(|(_, text)| text.starts_with("Tick(step) ==")), "{folds:?}");
    let objects = captured("textobjects.scm");
    let is = |name: &str, start: &str| objects.iter().any(|(found, text)| found == name && text.starts_with(start));
    assert!(is("function.around", "Tick(step)") && is("parameter.inside", "step"), "{objects:?}");
    assert!(is("function.inside", "/\\ hour'") && is("comment.around", "\\* The hands"), "{objects:?}");
}
