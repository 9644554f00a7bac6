//! Whatever edits an editor sends, what is found in its document is what `check` finds in the text that they left.

use proptest::prelude::*;
use tla_contract_engine::{
    Judgement, NoModules, Setting,
    config::Config,
    diagnostic::apply_edits,
    judge,
    prompt::{Prompt, builtins},
    text::Encoding,
};
use tower_lsp::ls_types::{Position, Range};

use super::*;

const MODULE: &str = "---- MODULE etcdraft ----\nEXTENDS Naturals, Sequences\nVARIABLES state, log, \\* the log 极😀\n          votes\n\
    (* all begin\n   as followers *)\nInit == /\\ state = \"StateFollower\"\n        /\\ log = <<>>\n        /\\ votes = {}\n\
    Timeout(s) ==\n    /\\ IF Len(log) > 0\n       THEN votes' = votes \\cup {s}\n       ELSE LET n == 1 IN votes' = {n}\n\
    /\\ UNCHANGED <<log, state>>\nNext == \\E s \\in 1..3 : Timeout(s)\nSpec == Init /\\ [][Next]_<<state, log, votes>>\n====\n";

/// What an editor may send, or leave to the server, between two of its messages.
#[derive(Debug, Clone)]
enum Step {
    /// A `didChange`: by how much the version grows, and ranges with their new text.
    Change(i32, Vec<(Option<[u32; 4]>, String)>),
    /// The document is read, as for an analysis; what is read is kept or comes too late.
    Read { late: bool },
    /// A reading ends that began before the changes since.
    End,
}

fn place() -> impl Strategy<Value = u32> {
    prop_oneof![8 => 0u32..20, 2 => 0u32..90, 1 => Just(u32::MAX), 1 => Just(65_536)]
}

fn text() -> impl Strategy<Value = String> {
    let pieces = [
        "x",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\n    ",
        "/\\ ",
        "(*",
        "*)",
        "\\* ",
        "\"",
        "====\n",
        "---- MODULE N ----\n",
        "A == 1\n",
        "(",
        ")",
        "==",
        "'",
        "LET ",
        " IN ",
        "```\n",
        "极",
        "😀",
        "\u{2028}",
        "\u{c}",
        "\t",
        "",
        "VARIABLE y\n",
        "{\"a\": \"",
    ];
    let pieces = proptest::sample::select(pieces.to_vec());
    proptest::collection::vec(pieces, 0..4).prop_map(|pieces| pieces.concat())
}

fn step() -> impl Strategy<Value = Step> {
    let range = proptest::option::weighted(0.97, [place(), place(), place(), place()]);
    let changes = proptest::collection::vec((range, text()), 1..4);
    prop_oneof![
        6 => (-2i32..9, changes).prop_map(|(version, changes)| Step::Change(version, changes)),
        2 => any::<bool>().prop_map(|late| Step::Read { late }),
        1 => Just(Step::End),
    ]
}

fn judged(document: &Document) -> Judgement {
    let prompt = Prompt::parse(builtins()[0].text);
    let config = Config::default();
    let contract = Some(prompt.contract());
    judge(
        document,
        Setting { contract, config: &config, file_stem: Some("etcdraft"), draft: None, modules: &NoModules },
    )
}

proptest! {
    #[test]
    fn an_edited_document_is_judged_as_its_text_would_be(
        encoding in proptest::sample::select(vec![Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]),
        line_end in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
        steps in proptest::collection::vec(step(), 1..12),
    ) {
        let session = Session::default();
        session.begin(ClientFacts { encoding, ..ClientFacts::default() }, Vec::new());
        let uri: Uri = "file:///folder/etcdraft.tla".parse().unwrap();
        session.open(uri.clone(), "tlaplus", 1, &MODULE.replace('\n', line_end));
        let mut version = 1;
        let mut late: Option<(Snapshot, Arc<Document>)> = None;
        for step in steps {
            match step {
                Step::Change(more, changes) => {
                    version += more;
                    let events: Vec<TextDocumentContentChangeEvent> = changes
                        .into_iter()
                        .map(|(range, text)| TextDocumentContentChangeEvent {
                            range: range.map(|[a, b, c, d]| Range::new(Position::new(a, b), Position::new(c, d))),
                            range_length: None,
                            text,
                        })
                        .collect();
                    session.change(&uri, version, &events);
                }
                Step::Read { late: is_late } => {
                    let snapshot = session.snapshot(uri.as_str()).unwrap();
                    let document = snapshot.document();
                    if is_late {
                        late = Some((snapshot, document));
                    } else {
                        session.was_read(&snapshot, &document);
                    }
                }
                Step::End => {
                    if let Some((snapshot, document)) = late.take() {
                        session.was_read(&snapshot, &document);
                    }
                }
            }
        }
        let last = session.snapshot(uri.as_str()).unwrap();
        prop_assert_eq!(last.version, version);
        let (kept, text) = (last.document(), last.text.to_string());
        prop_assert_eq!(kept.source(), &text);
        let found = judged(&kept);
        prop_assert_eq!(&found, &judged(&Document::from(text.as_str())));
        for finding in &found.findings {
            prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "{:?}", finding);
            for fix in &finding.fixes {
                prop_assert_eq!(apply_edits(&text, &fix.edits).1, 0, "{:?}", fix);
            }
        }
    }
}
