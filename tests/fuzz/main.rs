//! Fuzzing that needs no nightly: inputs that nobody would write, made from a seed, each of which must be judged within its
//! own bounds, alike when edited and when fresh, and without a panic.
//!
//! `cargo test --test fuzz` replays the fixtures, one for each crash that was ever found, and tries a few inputs of each kind.
//! `tests/fuzz/run` goes on for as long as it is told. The environment says more: `FUZZ_INPUTS` (how many of each kind),
//! `FUZZ_SECONDS` (for how long, instead), `FUZZ_SEED`, `FUZZ_KIND` (one kind alone), `FUZZ_LAST` (a file that holds the
//! input that is tried at the moment, for when the process dies).

// What a harness sets up may fail as loudly as what it tries, and it says what it did.
#![allow(clippy::unwrap_used, clippy::print_stdout, unreachable_pub)]

mod random;
mod sessions;
mod texts;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use random::Random;
use texts::Samples;
use tla_contract_engine::{
    Document, NoModules, Setting,
    config::Config,
    diagnostic::{Edit, Finding, Safety, Span, apply_edits},
    judge,
    prompt::{Prompt, Values, builtins, draft::Draft},
    repair::repair,
};

/// One kind of input: how it is made, and what must hold of it.
struct Kind {
    name: &'static str,
    make: fn(&mut Random, &Samples) -> Vec<u8>,
    holds: fn(&[u8]) -> Result<(), String>,
    /// Of so many inputs of the others, one is of this kind where each has its share: processes are slow.
    rarity: usize,
}

const KINDS: &[Kind] = &[
    Kind {
        name: "bytes",
        make: |random, samples| texts::bytes(random, samples).into(),
        holds: module_holds,
        rarity: 1,
    },
    Kind { name: "soup", make: |random, samples| texts::soup(random, samples).into(), holds: module_holds, rarity: 1 },
    Kind {
        name: "mutated",
        make: |random, samples| texts::mutated(random, samples).into(),
        holds: module_holds,
        rarity: 1,
    },
    Kind {
        name: "nested",
        make: |random, samples| texts::nested(random, samples).into(),
        holds: module_holds,
        rarity: 4,
    },
    Kind {
        name: "truncated",
        make: |random, samples| texts::truncated(random, samples).into(),
        holds: module_holds,
        rarity: 2,
    },
    Kind {
        name: "prompt",
        make: |random, samples| texts::prompt(random, samples).into(),
        holds: prompt_holds,
        rarity: 1,
    },
    Kind { name: "draft", make: |random, samples| texts::draft(random, samples).into(), holds: draft_holds, rarity: 1 },
    Kind { name: "settings", make: sessions::settings, holds: sessions::run, rarity: 20 },
    Kind { name: "frames", make: sessions::frames, holds: sessions::run, rarity: 20 },
];

/// Stack of the thread that tries the inputs, in bytes: as much as every thread of the program has, and more where
/// nothing is optimised.
const STACK_SIZE: usize = if cfg!(debug_assertions) { 64 << 20 } else { 8 << 20 };

/// A seed of the tests that run each time.
const USUAL_SEED: u64 = 7;

fn main() {
    let tries = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(tries).unwrap();
    let (passed, failed) = tries.join().unwrap();
    println!("test result: {passed} passed; {failed} failed");
    std::process::exit(i32::from(failed > 0));
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Replays the fixtures and tries new inputs; how many passed and how many did not.
fn tries() -> (usize, usize) {
    // A panic is told with its input, not where it happens.
    std::panic::set_hook(Box::new(|_| {}));
    let wanted = env::var("FUZZ_KIND").ok();
    let kinds = || KINDS.iter().filter(|kind| wanted.as_deref().is_none_or(|wanted| wanted == kind.name));
    let (mut passed, mut failed) = (0, 0);
    let mut count = |kind: &Kind, input: &[u8], name: &str| match tried(kind, input) {
        Ok(()) => passed += 1,
        Err(why) => {
            failed += 1;
            let kept = env::temp_dir().join(format!("fuzz-{}-{failed}", kind.name));
            fs::write(&kept, input).unwrap();
            println!("{} {name}: {why}\n  the input is kept in {}", kind.name, kept.display());
        }
    };
    for kind in kinds() {
        let mut fixtures: Vec<PathBuf> =
            fs::read_dir(root().join("tests/fuzz/fixtures")).unwrap().map(|entry| entry.unwrap().path()).collect();
        fixtures.sort();
        for path in fixtures {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with(kind.name) {
                count(kind, &fs::read(&path).unwrap(), &name);
            }
        }
    }
    let samples = Samples::of(&root());
    let last = env::var_os("FUZZ_LAST").map(PathBuf::from);
    let seed = number("FUZZ_SEED").unwrap_or(USUAL_SEED);
    let shares = kinds().count() as u64;
    for kind in kinds() {
        let mut random = Random::new(seed);
        let (begun, mut inputs, mut slowest) = (Instant::now(), 0_usize, Duration::ZERO);
        let most = number("FUZZ_INPUTS").map_or(100, |inputs| inputs as usize).div_ceil(kind.rarity);
        let until = number("FUZZ_SECONDS").map(|seconds| Duration::from_secs(seconds / shares));
        while until.map_or(inputs < most, |until| begun.elapsed() < until) {
            let input = (kind.make)(&mut random, &samples);
            last.iter().for_each(|last| fs::write(last, &input).unwrap());
            let at = Instant::now();
            count(kind, &input, &format!("seed {seed}, input {inputs}"));
            if at.elapsed() > slowest {
                slowest = at.elapsed();
                last.iter()
                    .for_each(|last| fs::write(last.with_extension(format!("{}.slow", kind.name)), &input).unwrap());
            }
            inputs += 1;
        }
        let (seconds, slowest) = (begun.elapsed().as_secs(), slowest.as_millis());
        println!("{:<10} {inputs:>9} inputs in {seconds:>5} s, the slowest {slowest} ms", kind.name);
    }
    (passed, failed)
}

fn tried(kind: &Kind, input: &[u8]) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| (kind.holds)(input))).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().cloned();
        let message = message.or_else(|| panic.downcast_ref::<&str>().map(|message| (*message).to_owned()));
        Err(format!("panicked: {}", message.unwrap_or_default()))
    })
}

fn all_inside(text: &str, what: &str, spans: impl Iterator<Item = Span>) -> Result<(), String> {
    for span in spans {
        if text.get(span.start..span.end).is_none() {
            return Err(format!("{what} at {span:?} is not in the text of {} bytes", text.len()));
        }
    }
    Ok(())
}

fn findings_hold(text: &str, findings: &[Finding]) -> Result<(), String> {
    all_inside(text, "a finding", findings.iter().map(|finding| finding.span))?;
    all_inside(
        text,
        "a related place",
        findings.iter().flat_map(|finding| &finding.related).map(|related| related.span),
    )?;
    for fix in findings.iter().flat_map(|finding| &finding.fixes) {
        all_inside(text, "an edit", fix.edits.iter().map(|edit| edit.span))?;
        let (_, left_out) = apply_edits(text, &fix.edits);
        if left_out > 0 {
            return Err(format!("{left_out} edits of a fix overlap: {fix:?}"));
        }
    }
    Ok(())
}

fn module_holds(input: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    let prompt = Prompt::parse(builtins()[text.len() % builtins().len()].text);
    let config = Config::default();
    let contract = Some(prompt.contract());
    let setting = Setting { contract, config: &config, file_stem: Some("M"), draft: None, modules: &NoModules };
    let document = Document::from(&*text);
    let judgement = judge(&document, setting);
    findings_hold(&text, &judgement.findings)?;
    all_inside(
        &text,
        "evidence",
        judgement.verdicts.iter().flat_map(|verdict| &verdict.evidence).map(|shown| shown.span),
    )?;
    // An edit that the text itself chooses, so that the input says it all.
    let mut random = Random::new(text.len() as u64);
    let (one, other) = (texts::place(&mut random, &text), texts::place(&mut random, &text));
    let with = ["", "\n", "(*", "====\n", "x", "/\\ "][random.below(6)];
    let edited = document.edited(&[Edit::replace(Span::new(one.min(other), one.max(other)), with)]);
    if judge(&edited, setting) != judge(&Document::from(edited.source()), setting) {
        return Err(format!(
            "{one}..{other} replaced by {with:?} is judged in another way than the same text read anew"
        ));
    }
    if random.one_in(4) {
        let repaired = repair(&document, setting, Safety::Safe);
        findings_hold(repaired.document.source(), &repaired.judgement.findings)?;
    }
    Ok(())
}

fn prompt_holds(input: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    let prompt = Prompt::parse(&text);
    findings_hold(&text, &prompt.findings())?;
    all_inside(&text, "a clause", prompt.contract().clauses.iter().map(|clause| clause.span))?;
    let _ = prompt.render(&Values::default());
    let config = Config::default();
    let contract = Some(prompt.contract());
    let module = "---- MODULE m ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\n====\n";
    let setting = Setting { contract, config: &config, file_stem: Some("m"), draft: None, modules: &NoModules };
    findings_hold(module, &judge(&Document::from(module), setting).findings)
}

fn draft_holds(input: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(input);
    let draft = Draft::parse(&text);
    let prompt = Prompt::parse(builtins()[builtins().len() - 1].text);
    let config = Config::default();
    let contract = Some(prompt.contract());
    let module = "---- MODULE m ----\nVARIABLE x\nTimeout(i) == x' = i\n====\n";
    let setting = Setting { contract, config: &config, file_stem: None, draft: Some(&draft), modules: &NoModules };
    findings_hold(module, &judge(&Document::from(module), setting).findings)
}
