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

/// A module with one Next of forty items, some of which say more than a call.
fn long_next() -> String {
    let actions: String = (0..40)
        .map(|number| format!("Act{number}(s) ==\n  /\\ term' = s + {number}\n  /\\ UNCHANGED log\n\n"))
        .collect();
    let items: String = (0..40)
        .map(|number| match number % 4 {
            0 => format!("  \\/ \\E s \\in 1..3 : Act{number}(s)\n"),
            1 => format!("  \\/ Act{number}(term)\n"),
            2 => format!("  \\/ /\\ term > 2\n     /\\ Act{number}(1)\n"),
            _ => format!("  \\/ LET by == {number} IN Act{number}(by)\n"),
        })
        .collect();
    format!(
        "---- MODULE etcdraft ----\nEXTENDS Naturals\nVARIABLES term, log\n\n{actions}Next ==\n{items}\n\
         Init == term = 0 /\\ log = <<>>\nSpec == Init /\\ [][Next]_<<term, log>>\n====\n"
    )
}

#[test]
fn a_long_next_whose_actions_change_one_after_the_other() {
    let mut document = Document::from(long_next().as_str());
    let changes = [
        // Leaves a variable out, in a call with a bound name, one with a variable and one beside a guard.
        ("= s + 4\n  /\\ UNCHANGED log", "= s + 4"),
        ("= s + 5\n  /\\ UNCHANGED log", "= s + 5"),
        ("= s + 6\n  /\\ UNCHANGED log", "= s + 6"),
        // Gives one twice, calls what nobody knows, is no action any more, is temporal, is broken.
        ("= s + 7\n", "= s + 7 /\\ term' = 1\n"),
        ("= s + 8\n", "= s + 8 /\\ Unknown(s)\n"),
        ("term' = s + 9\n  /\\ UNCHANGED log", "s > 9"),
        ("term' = s + 10", "[](term = s + 10)"),
        ("term' = s + 11", "term' = (s + 11"),
        // Takes more, has another name, is another one.
        ("Act12(s) ==", "Act12(s, t) =="),
        ("Act13(s) ==", "Act31(s) =="),
        ("Act14(s) ==", "s(Act14) =="),
        // Names of the items get another meaning.
        ("VARIABLES term", "CONSTANT by\nVARIABLES term"),
        ("Act16(s) ==", "RECURSIVE Act16(_)\nAct16(s) =="),
        ("term' = s + 16", "Act15(s) \\/ Act16(s) \\/ term' = s + 16"),
        ("  \\/ Act17(term)\n", ""),
        ("  \\/ Act21(term)\n", "  \\/ Act21(log)\n"),
        // And some are mended.
        ("= (s + 11", "= s + 11"),
        ("= s + 7 /\\ term' = 1", "= s + 7"),
        ("CONSTANT by\n", ""),
        ("RECURSIVE Act16(_)\n", ""),
        ("= s + 5", "= s + 5\n  /\\ UNCHANGED log"),
    ];
    for (from, to) in changes {
        let at = document.source().find(from).expect("the place is in the text");
        document = document.edited(&[Edit::replace(Span::new(at, at + from.len()), to)]);
        let fresh = Document::from(document.source());
        assert_eq!(judged(&document), judged(&fresh), "{from:?} to {to:?}");
    }
}

#[test]
fn names_that_come_and_go_in_great_number() {
    let mut document = Document::from(TEXT);
    for round in 0..30 {
        let names: String = (0..500).map(|number| format!("Name{round}x{number} == {number}\n")).collect();
        let at = document.source().find("Next ==").expect("Next is in the text");
        let start = document
            .source()
            .find(" *)")
            .map_or(at, |end| document.source()[end..].find("<<>>\n").map_or(at, |log| end + log + 5));
        document = document.edited(&[Edit::replace(Span::new(start, at), names)]);
        assert_eq!(judged(&document), judged(&Document::from(document.source())), "round {round}");
    }
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

#[test]
fn a_bound_name_that_is_called_like_an_operator_under_its_own_name() {
    let text = TEXT.replace("Grow(term)", "Grow(limit)").replace("log' = term", "log' = 0 /\\ limit");
    let text = text.replace("Grow(1)", "\\E limit \\in {1} : Grow(limit)");
    edited(&text, "limit\n\nReset", "limit(1) /\\ ");
}

const RAFT: &str = "---- MODULE etcdraft ----\nEXTENDS Naturals, Sequences, FiniteSets\nCONSTANTS Server, Nil\n\
    VARIABLES state, log, term, votes, messages\nvars == <<state, log, term, votes, messages>>\n\
    Init ==\n    /\\ state = [s \\in Server |-> \"StateFollower\"]\n    /\\ log = [s \\in Server |-> <<>>]\n\
    \x20   /\\ term = [s \\in Server |-> 0]\n    /\\ votes = [s \\in Server |-> {}]\n    /\\ messages = {}\n\
    Quorum(S) == Cardinality(S) * 2 > Cardinality(Server)\nSend(m) == messages' = messages \\cup {m}\n\
    RECURSIVE Sum(_)\nSum(S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \\in S : TRUE IN x + Sum(S \\ {x})\n\
    (* A campaign\n   begins. *)\nCampaign(s) ==\n    /\\ state[s] \\in {\"StateFollower\", \"StateCandidate\"}\n\
    \x20   /\\ state' = [state EXCEPT ![s] = \"StateCandidate\"]\n    /\\ term' = [term EXCEPT ![s] = @ + 1]\n\
    \x20   /\\ votes' = [votes EXCEPT ![s] = {s}]\n    /\\ Send([type |-> \"MsgVote\", term |-> term[s] + 1])\n\
    \x20   /\\ UNCHANGED log\nBecomeLeader(s) ==\n    /\\ state[s] = \"StateCandidate\" /\\ Quorum(votes[s])\n\
    \x20   /\\ state' = [state EXCEPT ![s] = \"StateLeader\"]\n    /\\ UNCHANGED <<log, term, votes, messages>>\n\
    Handle(s, m) ==\n    /\\ m.type = \"MsgVote\" /\\ m.term > Sum({term[s]})\n\
    \x20   /\\ IF m.term > term[s] THEN term' = [term EXCEPT ![s] = m.term] ELSE UNCHANGED term\n\
    \x20   /\\ UNCHANGED <<state, log, votes>>\n    /\\ messages' = messages \\ {m}\n\
    Forget(s, what) == what' = [what EXCEPT ![s] = {}] /\\ UNCHANGED <<state, log, term, messages>>\n\
    Set(m) == messages' = m\nOffers ==\n    \\/ \\E s \\in Server : LET own == s IN Forget(own, votes)\n    \\/ Set({})\n\
    Next ==\n    \\/ \\E s \\in Server : Campaign(s) \\/ BecomeLeader(s)\n    \\/ Offers\n\
    \x20   \\/ \\E s \\in Server, m \\in messages : Handle(s, m)\n\
    \x20   \\/ \\E s \\in Server : Handle(s, [type |-> \"MsgVote\", term |-> 1]) \\/ Campaign(CHOOSE t \\in Server : TRUE)\n\
    \x20   \\/ log' = [s \\in Server |-> <<>>] /\\ UNCHANGED <<state, term, votes, messages>>\nSpec == Init /\\ [][Next]_vars /\\ WF_vars(Next)\n====\n";

/// Something outside of an action's own text decides what it says, and is written in another way.
fn called_in_another_way(call: &str, from: &str, to: &str) {
    let defined = "Become(s, role) == state' = [state EXCEPT ![s] = role] /\\ UNCHANGED <<log, term, votes, messages>>\n\
        First == \"StateLeader\"\n";
    let text = RAFT.replace("Next ==\n", &format!("{defined}Next ==\n    \\/ {call}\n"));
    let document = Document::from(text.as_str());
    let before = judged(&document);
    let at = text.rfind(from).expect("the place is in the text");
    let edited = document.edited(&[Edit::replace(Span::new(at, at + from.len()), to)]);
    let after = judged(&edited);
    assert_eq!(after, judged(&Document::from(edited.source())), "{}", edited.source());
    assert_ne!(before.verdicts, after.verdicts, "nothing hangs on it: {}", edited.source());
}

#[test]
fn an_action_that_is_called_with_something_else() {
    let (leader, other) = ("\"StateLeader\"", "\"StatePreCandidate\"");
    called_in_another_way("\\E s \\in Server : Become(s, \"StateLeader\")", leader, other);
    called_in_another_way("\\E s \\in Server : LET role == \"StateLeader\" IN Become(s, role)", leader, other);
    called_in_another_way("\\E s \\in Server : Become(s, First)", leader, other);
    called_in_another_way("\\E s \\in Server, m \\in votes : Handle(s, m)", "m \\in votes", "m \\in log");
}

#[test]
fn two_calls_of_one_action_with_different_arguments() {
    let both = "\\E s \\in Server : Become(s, \"StateLeader\") \\/ Become(s, \"StateFollower\")";
    called_in_another_way(both, "\"StateFollower\"", "\"StatePreCandidate\"");
    called_in_another_way(both, "Become(s, \"StateLeader\") \\/ ", "");
}

/// What people type, and what they leave behind while they do.
const TYPED: &[&str] = &[
    " ",
    "\n",
    "x",
    "'",
    "term",
    "term' = 0",
    "/\\ ",
    "\\/ ",
    "UNCHANGED log",
    "LET y == 1\n",
    "IN ",
    "[",
    "]",
    "<<",
    ">>",
    "(*",
    "*)",
    "\\* ",
    "\nA == ",
    "\nSend(m) == TRUE\n",
    "Campaign(s)",
    "\nVARIABLE extra\n",
    "EXTENDS Bags\n",
    "\n====\n",
    "---- MODULE Inner ----\n",
    "```\n",
    "\"",
    "WF_vars(Handle)",
    "Quorum(S)",
    "\nHandle(s) == state' = state\n",
    "\nSend(m, n) == messages' = {m, n}\n",
    "\nStateFollower == \"StateFollower\"\n",
    "\\/ Campaign(s)\n",
    "\\/ Handle(s, <<s, 1>>)\n",
    "\\E t \\in Server : ",
    "type |-> \"MsgApp\", ",
    "Len(log[s]) > 0 /\\ ",
];

/// How many cases there are: many, where a script asks for many.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(16)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: cases(), ..Default::default() })]

    #[test]
    fn what_is_said_after_any_edits_is_what_is_said_of_the_text(
        edits in proptest::collection::vec((0..10_000_usize, 0..10_000_usize, 0..TYPED.len() + 1), 1..16),
    ) {
        let mut document = Document::from(RAFT);
        judged(&document);
        for (place, removed, typed) in edits {
            let length = document.source().len();
            let start = place * length / 10_000;
            // Mostly something is typed or a little is taken away; now and then a whole definition.
            let removed = match removed % 8 { 0..=4 => 0, 5 => 1, 6 => removed % 40, _ => removed % 400 };
            let span = Span::new(start, (start + removed).min(length));
            document = document.edited(&[Edit::replace(span, TYPED.get(typed).copied().unwrap_or_default())]);
            let fresh = Document::from(document.source());
            proptest::prop_assert_eq!(judged(&document), judged(&fresh), "{}", document.source());
        }
    }
}
