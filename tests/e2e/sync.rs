//! Text: whatever the edits, the server holds what the editor holds.

use serde_json::{Value, json};

use crate::client::{Client, pushing};

const URI: &str = "file:///folder/a.prompt.md";

fn with_encodings(encodings: &Value) -> (Client, Value) {
    let mut capabilities = pushing();
    capabilities["general"] = json!({ "positionEncodings": encodings });
    let mut client = Client::start();
    let result = client.initialize(capabilities, None);
    (client, result["capabilities"]["positionEncoding"].clone())
}

#[test]
fn utf_16_is_taken_when_nothing_is_offered() {
    let mut client = Client::start();
    let result = client.initialize(json!({}), None);
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    let (_, encoding) = with_encodings(&json!(["utf-7"]));
    assert_eq!(encoding, "utf-16");
}

#[test]
fn edits_around_wide_characters_count_in_the_negotiated_encoding() {
    let text = "1. 【Title】 MsgHup\n😀 a😀b é\n";
    // Places of the same character: behind 】 in line 0, between the second 😀 and b in line 1.
    for (encoding, title_end, letter) in [("utf-8", 14, 10), ("utf-16", 10, 6), ("utf-32", 10, 4)] {
        let (mut client, chosen) = with_encodings(&json!([encoding, "utf-16"]));
        assert_eq!(chosen, encoding);
        client.open(URI, "markdown", text);
        client.edit(URI, 2, [0, title_end, 0, title_end], "!");
        client.edit(URI, 3, [1, letter, 1, letter + 1], "【】");
        let expected = "1. 【Title】! MsgHup\n😀 a😀【】 é\n";
        assert_eq!(client.text(URI), expected, "{encoding}");
        client.leave();
    }
}

#[test]
fn incremental_edits_give_what_a_fresh_open_gives() {
    // Deterministic, but in all corners: wide characters, line ends of every kind, places in and out of the text.
    let mut random = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: u64| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random % below
    };
    let pieces = ["a", "【", "】", "😀", "é", "\n", "\r\n", "\r", "----", "/\\ x' = 1\n", ""];
    let mut client = Client::pushed(None);
    let mut lines = String::from("---- MODULE a ----\n【x】 😀\n====\n");
    client.open(URI, "markdown", &lines);
    for version in 2..200 {
        let (line, a, b) = (next(6), next(8), next(8));
        let piece = pieces[usize::try_from(next(pieces.len() as u64)).unwrap()];
        let (start, end) = ((line, a.min(b)), (line + next(2), a.max(b)));
        client.edit(URI, version, [start.0, start.1, end.0, end.1], piece);
        lines = edited(&lines, start, end, piece);
    }
    assert_eq!(client.text(URI), lines);
    let fresh = "file:///folder/fresh.prompt.md";
    client.open(fresh, "markdown", &lines);
    assert_eq!(client.text(fresh), lines);
    client.leave();
}

/// The edit as LSP defines it, on a string, in UTF-16.
pub fn edited(text: &str, start: (u64, u64), end: (u64, u64), with: &str) -> String {
    let offset = |(line, character): (u64, u64)| {
        let mut at = 0;
        for _ in 0..line {
            let rest = &text[at..];
            let Some(end) = rest.find(['\n', '\r']) else { return text.len() };
            at += end + if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        }
        let mut units = 0;
        for letter in text[at..].chars() {
            let width = letter.len_utf16() as u64;
            if matches!(letter, '\n' | '\r') || units + width > character {
                break;
            }
            units += width;
            at += letter.len_utf8();
        }
        at
    };
    let (one, other) = (offset(start), offset(end));
    let (start, end) = (one.min(other), one.max(other));
    format!("{}{with}{}", &text[..start], &text[end..])
}

#[test]
fn a_request_behind_fifty_fast_edits_sees_the_last() {
    let mut client = Client::pushed(None);
    client.open(URI, "markdown", "");
    let mut expected = String::new();
    for version in 2..52 {
        let piece = format!("{version} ");
        client.edit(URI, version, [0, expected.len() as u64, 0, expected.len() as u64], &piece);
        expected.push_str(&piece);
    }
    assert_eq!(client.text(URI), expected);
    client.leave();
}

#[test]
fn several_changes_of_one_message_apply_in_order() {
    let mut client = Client::pushed(None);
    client.open(URI, "markdown", "one\ntwo\n");
    let at = |line: u64, character: u64| json!({ "line": line, "character": character });
    client.change(
        URI,
        2,
        json!([
            { "range": { "start": at(0, 0), "end": at(0, 3) }, "text": "😀\nthree" },
            { "range": { "start": at(0, 2), "end": at(1, 1) }, "text": "-" },
            { "range": { "start": at(1, 3), "end": at(1, 3) }, "text": "!" },
        ]),
    );
    assert_eq!(client.text(URI), "😀-hree\ntwo!\n");
    client.change(URI, 3, json!([{ "text": "whole" }]));
    assert_eq!(client.text(URI), "whole");
    client.leave();
}

#[test]
fn places_outside_the_text_and_turned_ranges_are_moved_into_it() {
    let mut client = Client::pushed(None);
    client.open(URI, "markdown", "one\ntwo");
    client.edit(URI, 2, [0, 999, 0, 4_000_000_000], "!");
    client.edit(URI, 3, [77, 3, 4_000_000_000, 0], "?");
    client.edit(URI, 4, [1, 1, 0, 1], "");
    assert_eq!(client.text(URI), "owo?");
    client.leave();
}

#[test]
fn edits_of_a_document_that_is_not_open_are_left_alone() {
    let mut client = Client::pushed(None);
    client.edit(URI, 2, [0, 0, 0, 0], "x");
    client.close(URI);
    client.open(URI, "markdown", "text");
    assert_eq!(client.text(URI), "text");
    client.close(URI);
    client.edit(URI, 3, [0, 0, 0, 0], "x");
    client.open(URI, "markdown", "anew");
    client.open(URI, "markdown", "anew again");
    assert_eq!(client.text(URI), "anew again");
    client.leave();
}
