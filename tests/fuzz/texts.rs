//! Texts that nobody would write: made anew, or from real ones.

use std::path::Path;

use crate::random::Random;

const TOKENS: &[&str] = &[
    "/\\",
    "\\/",
    "==",
    "=",
    "'",
    "\n",
    "\n    ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<<",
    ">>",
    "|->",
    "->",
    "\\in ",
    "LET ",
    " IN ",
    "IF ",
    " THEN ",
    " ELSE ",
    "CASE ",
    "[] ",
    "<>",
    "OTHER",
    "EXCEPT ",
    "!",
    "!.",
    "@",
    "\\E x \\in S : ",
    "\\A <<x, y>> \\in S : ",
    "CHOOSE x : ",
    "UNCHANGED ",
    "WF_vars(Next)",
    "[Next]_vars",
    "]_",
    ">>_",
    "(*",
    "*)",
    "\\* c",
    "\"",
    "\"s\"",
    "----",
    "====",
    "---- MODULE M ----\n",
    "```",
    "```tla\n",
    "x",
    "y'",
    "Foo",
    "A(b) ==",
    "f[x \\in S] ==",
    "12",
    "16#",
    "\\b01",
    ",",
    ";",
    ":",
    "::",
    ".",
    "_",
    "极",
    "😀",
    "\t",
    "\r\n",
    "\r",
    "\u{0}",
    "\u{2028}",
    "\u{feff}",
    "EXTENDS ",
    "VARIABLES ",
    "CONSTANT ",
    "INSTANCE ",
    "WITH ",
    "<-",
    "LAMBDA x : ",
    "RECURSIVE F(_)\n",
    "THEOREM ",
    "ASSUME ",
    "PROVE ",
    "<1>1. ",
    "<1>. QED",
    "PROOF",
    "BY DEF ",
    "USE ",
    "HIDE ",
    "LOCAL ",
    "&&",
    "!=",
    "++",
    "~",
    "~>",
    "=>",
    "-+->",
    "\\X ",
    "\\o ",
    "SUBSET ",
    "DOMAIN ",
    "ENABLED ",
    "--algorithm",
    "begin",
    "end algorithm",
    "{\"specification\": \"",
    "\\n",
    "\\\"",
    "</think>",
    "<think>",
    "(* MISSING *)",
    "\\land ",
    "\\lor ",
    "∧",
    "^+",
    "^*",
];

const PROMPT_WORDS: &[&str] = &[
    "CRITICAL OUTPUT REQUIREMENTS:\n",
    "\n1. ",
    "\n2) ",
    "\n- ",
    "\n  - ",
    "\n## ",
    "**MUST** ",
    "MUST NOT ",
    "must include ",
    "EXTENDS ",
    "Naturals, ",
    "Sequences",
    "\"",
    "`",
    "{source_code}",
    "{file_path}",
    "{",
    "}",
    "{{",
    "}}",
    "{x.y}",
    "```\n",
    "---- MODULE m ----",
    "variables: ",
    "messages: ",
    "Do not ",
    "exclude ",
    "fairness",
    "WF_vars(Next)",
    "invariant ",
    "no ",
    "exactly ",
    "e.g., ",
    "(",
    ")",
    ":",
    ";",
    "/",
    " or ",
    " and ",
    "\n\n",
    "\r\n",
    "极",
    "😀",
    "\u{0}",
    "\u{2028}",
    "####",
    "TypeOK",
    "MsgApp",
    "StateLeader",
    "handle each message",
    "\t",
    "1000000000000000000000. ",
    "______",
    "&lt;",
    "<b>",
];

const SETTINGS_WORDS: &[&str] = &[
    "[[prompt]]\n",
    "[severity]\n",
    "[prompt]\n",
    "file = ",
    "builtin = ",
    "specs = ",
    "library = ",
    "draft = ",
    "values = ",
    "\"",
    "'",
    "\"\"\"",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\n",
    " = ",
    ".",
    "..",
    "/",
    "*",
    "**/",
    "{a,b}",
    "[!",
    "\\",
    "\\u0000",
    "\\uD800",
    "etcdraft",
    "off",
    "error",
    "\"frame\"",
    "\"contract/comment\"",
    "1",
    "-0",
    "1e999",
    "1979-05-27",
    "true",
    "# c",
    "极",
    "😀",
    "\u{0}",
    "\r",
    "~",
    "$HOME",
    "C:\\\\",
    "file:///etc/passwd",
    "\\\\\\\\host\\\\share",
];

/// Real texts to begin with.
pub struct Samples {
    pub modules: Vec<String>,
    pub prompts: Vec<String>,
    pub drafts: Vec<String>,
    pub settings: Vec<String>,
}

impl Samples {
    /// Of the project's own files.
    pub fn of(root: &Path) -> Self {
        let mut samples = Self { modules: Vec::new(), prompts: Vec::new(), drafts: Vec::new(), settings: Vec::new() };
        for folder in ["tests/samples", "server/engine/library", "server/engine/prompts"] {
            samples.look_through(&root.join(folder));
        }
        samples.drafts.push(DRAFT.to_owned());
        samples.settings.push(SETTINGS.to_owned());
        samples
    }

    fn look_through(&mut self, folder: &Path) {
        let mut entries: Vec<_> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                self.look_through(&path);
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("tla") => self.modules.push(text),
                Some("toml") => self.settings.push(text),
                Some("md" | "txt") if name.contains("draft") && !name.contains("prompt") => self.drafts.push(text),
                Some("md" | "txt") => self.prompts.push(text),
                _ => {}
            }
        }
    }
}

const DRAFT: &str = "# Analysis\n\n## Action: Timeout\nWhen the timer of a server fires:\n1. set `state` to Candidate\n\
                     2. send RequestVote\n\n```tla\nTimeout(i) == state' = [state EXCEPT ![i] = Candidate]\n```\n";

const SETTINGS: &str = "library = [\"lib\"]\n[[prompt]]\nfile = \"p.prompt.md\"\nspecs = [\"**/*.tla\"]\n\
                        values = { code = { file = \"a.go\" } }\n[severity]\n\"contract/comment\" = \"off\"\nframe = \"hint\"\n";

pub fn bytes(random: &mut Random, _: &Samples) -> String {
    String::from_utf8_lossy(&random.bytes(600)).into_owned()
}

pub fn soup(random: &mut Random, _: &Samples) -> String {
    let text = words(random, TOKENS, 150);
    match random.below(3) {
        0 => text,
        1 => format!("---- MODULE M ----\n{text}"),
        _ => format!("---- MODULE M ----\nVARIABLE x\nA == {text}\nB == x\n===="),
    }
}

fn words(random: &mut Random, from: &[&str], most: usize) -> String {
    (0..random.below(most)).map(|_| random.pick(from)).collect()
}

/// The same few tokens again and again, which is what brings parsers down.
pub fn nested(random: &mut Random, _: &Samples) -> String {
    let (before, unit, after) = (words(random, TOKENS, 4), words(random, TOKENS, 6), words(random, TOKENS, 6));
    let times = [3, 30, 120, 350, 1_200][random.below(5)];
    let body = if random.one_in(3) {
        let steps = (0..times.min(400)).map(|depth| format!("{}{unit}\n", " ".repeat(depth)));
        steps.collect::<String>()
    } else {
        unit.repeat(times)
    };
    format!("---- MODULE M ----\nVARIABLE x\nA == {before}{body}{}\nB == x\n====", after.repeat(times / 2))
}

pub fn truncated(random: &mut Random, samples: &Samples) -> String {
    let text = &samples.modules[random.below(samples.modules.len())];
    let (start, end) = (place(random, text), place(random, text));
    match random.below(3) {
        0 => text[..end].to_owned(),
        1 => text[start..].to_owned(),
        _ => text[start.min(end)..start.max(end)].to_owned(),
    }
}

pub fn mutated(random: &mut Random, samples: &Samples) -> String {
    mutant(random, &samples.modules, TOKENS)
}

pub fn prompt(random: &mut Random, samples: &Samples) -> String {
    if random.one_in(4) { words(random, PROMPT_WORDS, 150) } else { mutant(random, &samples.prompts, PROMPT_WORDS) }
}

pub fn draft(random: &mut Random, samples: &Samples) -> String {
    mutant(random, &samples.drafts, PROMPT_WORDS)
}

pub fn settings(random: &mut Random, samples: &Samples) -> String {
    if random.one_in(3) { words(random, SETTINGS_WORDS, 60) } else { mutant(random, &samples.settings, SETTINGS_WORDS) }
}

/// A real text with pieces cut out, doubled, moved, taken from another or replaced by words.
fn mutant(random: &mut Random, texts: &[String], from: &[&str]) -> String {
    let mut text = texts[random.below(texts.len())].clone();
    // Long ones teach nothing more and take long.
    if text.len() > 12_000 {
        let start = place(random, &text);
        let end = floor(&text, start + 12_000);
        text = text[start..end].to_owned();
    }
    for _ in 0..=random.below(6) {
        let start = place(random, &text);
        let end = floor(&text, start + random.below(40));
        let with = match random.below(5) {
            0 => String::new(),
            1 => text[start..end].repeat(2),
            2 => {
                let other = &texts[random.below(texts.len())];
                let from = place(random, other);
                other[from..floor(other, from + 200)].to_owned()
            }
            _ => words(random, from, 5),
        };
        text.replace_range(start..end, &with);
    }
    text
}

/// A place between two characters of a text.
pub fn place(random: &mut Random, text: &str) -> usize {
    floor(text, random.below(text.len() + 1))
}

fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}
