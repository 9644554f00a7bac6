//! What is said of an edited document is what is said of its text read anew.

use tla_contract_engine::{
    Document, Judgement, NoModules, Setting,
    config::Config,
    diagnostic::{Edit, Span},
    judge,
    prompt::{Prompt, builtins},
};

fn judged(document: &Document) -> Judgement {
    let prompt = Prompt::parse(builtins()[0].text);
    let config = Config::default();
    judge(
        document,
        Setting {
            contract: Some(prompt.contract()),
            config: &config,
            file_stem: Some("etcdraft"),
            draft: None,
            modules: &NoModules,
        },
    )
}

fn edited(text: &str, at: &str, with: &str) {
    let document = Document::from(text);
    judged(&document);
    let at = text.find(at).expect("the place is in the text");
    let edited = document.edited(&[Edit::replace(Span::at(at), with)]);
    let fresh = Document::from(edited.source());
    assert_eq!(judged(&edited), judged(&fresh), "{}", edited.source());
}

const TEXT: &str = "---- MODULE etcdraft ----\nEXTENDS Naturals\nCONSTANT Limit\nVARIABLES term, log\n\
    Grow(term) ==\n  log' = term\n\nReset ==\n  /\\ term' = 0 (* back to\n  the start *)\n  /\\ log' = <<>>\n\n\
    Next == Reset \\/ Grow(1)\nSpec == [][Next]_<<term, log>>\n====\n";

#[test]
fn a_header_that_makes_what_follows_a_nested_module() {
    edited(TEXT, "Grow(term)", "---- MODULE Inner ----\n");
}

#[test]
fn a_comment_that_is_opened_and_closed() {
    edited(TEXT, "Grow(term)", "(* ");
    edited(TEXT, "log' = term", "*) ");
    edited(TEXT, "====\n", "(*");
}

#[test]
fn a_let_that_lacks_its_in() {
    edited(TEXT, "/\\ term' = 0", "LET x == 1\n");
    edited(TEXT, "/\\ log' = <<>>", " IN ");
}

#[test]
fn a_declaration_that_gives_names_another_meaning() {
    edited(TEXT, "term, log\n", "Grow, ");
    edited(TEXT, "Limit\n", "Reset, ");
    edited(TEXT, "EXTENDS", "A == 1\n");
}

#[test]
fn a_footer_in_the_middle_and_a_fence() {
    edited(TEXT, "Reset ==", "====\n");
    edited(TEXT, "Next ==", "```\n");
}
