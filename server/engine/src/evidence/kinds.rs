//! Kinds of Raft messages under all their names: `MsgVote`, `RequestVoteRequest`, `"rvq"`.

use std::collections::{HashMap, HashSet};

use crate::module::{
    calls::stem,
    model::{Model, is_hup, plain},
};

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Hup,
    PreVote,
    PreVoteResponse,
    Vote,
    VoteResponse,
    Append,
    AppendResponse,
    Heartbeat,
    HeartbeatResponse,
    /// A proposal, a client's request of no special kind.
    Client,
    ClientGet,
    ClientPut,
    ClientResponse,
    ClientGetResponse,
    ClientPutResponse,
    Snapshot,
    ReadIndex,
    Configuration,
    Transfer,
}

impl Kind {
    pub(super) fn is_client_request(self) -> bool {
        matches!(self, Kind::Client | Kind::ClientGet | Kind::ClientPut)
    }

    pub(super) fn is_client_response(self) -> bool {
        matches!(self, Kind::ClientResponse | Kind::ClientGetResponse | Kind::ClientPutResponse)
    }

    /// The kind that a name speaks of.
    pub(super) fn named(name: &str) -> Option<Kind> {
        let whole = plain(name);
        let plain = whole.strip_prefix("message").or_else(|| whole.strip_prefix("msg")).unwrap_or(&whole);
        let has = |word: &str| plain.contains(word);
        let response =
            ["resp", "response", "reply", "ack", "rsp", "result", "res", "granted", "ok", "accepted", "rejected"]
                .iter()
                .any(|end| plain.ends_with(end));
        let either = |request, response_kind| Some(if response { response_kind } else { request });
        if has("timeoutnow") || has("transfer") {
            return Some(Kind::Transfer);
        }
        if is_hup(plain) || has("electiontimeout") {
            return Some(Kind::Hup);
        }
        if has("snap") {
            return Some(Kind::Snapshot);
        }
        if has("readindex") {
            return Some(Kind::ReadIndex);
        }
        if has("confchange") || has("configchange") || has("reconfig") {
            return Some(Kind::Configuration);
        }
        if has("heartbeat") {
            return either(Kind::Heartbeat, Kind::HeartbeatResponse);
        }
        if has("prevote") || has("precandidate") {
            return either(Kind::PreVote, Kind::PreVoteResponse);
        }
        if has("vote") {
            return either(Kind::Vote, Kind::VoteResponse);
        }
        if has("append") || has("replicat") || matches!(plain, "app" | "appresp" | "appreq" | "ae" | "appreply") {
            return either(Kind::Append, Kind::AppendResponse);
        }
        let client = has("client") || has("kv");
        if has("put") || has("write") && client || has("set") && client {
            return either(Kind::ClientPut, Kind::ClientPutResponse);
        }
        if has("get") && !has("target") || has("read") && client {
            return either(Kind::ClientGet, Kind::ClientGetResponse);
        }
        if client || plain.starts_with("prop") || has("proposal") || has("propose") || has("command") {
            return either(Kind::Client, Kind::ClientResponse);
        }
        None
    }
}

/// The messages of one module, each with what it is for. Worked out once, so that a topic never compares every message
/// with every other.
pub(super) struct Kinds<'a> {
    /// The kinds that are sent or tested for, in order.
    all: Vec<&'a str>,
    of: HashMap<&'a str, Option<Kind>>,
    by_kind: HashMap<Kind, Vec<&'a str>>,
    /// By the stems of all spellings.
    by_stem: HashMap<String, Vec<&'a str>>,
    /// Those that are short enough to abbreviate another name.
    codes: Vec<&'a str>,
    uses: HashMap<&'a str, Uses>,
}

/// Where messages are sent and tested for: indices into what the model knows of messages, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Uses {
    pub sent: Vec<usize>,
    pub tested: Vec<usize>,
}

impl<'a> Kinds<'a> {
    pub(super) fn of(model: &Model<'a>) -> Self {
        let sent = model.messages.sent.iter().map(|sent| sent.kind);
        let mut all: Vec<&'a str> = sent.chain(model.messages.tested.iter().map(|tested| tested.kind)).collect();
        all.sort_unstable();
        all.dedup();
        let shapes = Shapes::of(model);
        let mut kinds = Self {
            of: HashMap::with_capacity(all.len()),
            by_kind: HashMap::new(),
            by_stem: HashMap::new(),
            codes: Vec::new(),
            uses: HashMap::with_capacity(all.len()),
            all,
        };
        for (index, sent) in model.messages.sent.iter().enumerate() {
            kinds.uses.entry(sent.kind).or_default().sent.push(index);
        }
        for (index, tested) in model.messages.tested.iter().enumerate() {
            kinds.uses.entry(tested.kind).or_default().tested.push(index);
        }
        for atom in &kinds.all {
            let spellings = model.spellings(atom);
            for spelling in &spellings {
                let alike = kinds.by_stem.entry(stem(spelling)).or_default();
                if alike.last() != Some(atom) {
                    alike.push(atom);
                }
            }
            if is_code(&plain(atom)) {
                kinds.codes.push(atom);
            }
            let short = |name: &&&str| plain(name).len() <= 3;
            let long = spellings.iter().filter(|name| !short(name)).find_map(|name| Kind::named(name));
            let kind = long
                .or_else(|| shapes.kind(atom))
                .or_else(|| spellings.iter().filter(short).find_map(|name| shapes.coded(name)));
            kinds.of.insert(atom, kind);
            if let Some(kind) = kind {
                kinds.by_kind.entry(kind).or_default().push(atom);
            }
        }
        kinds
    }

    /// The kind of a message that is sent or tested for, by any spelling of its name, else by its shape.
    pub(super) fn kind(&self, atom: &str) -> Option<Kind> {
        self.of.get(atom).copied().flatten()
    }

    /// Those with a spelling that differs from a name in case, underscores and prefixes of use alone, in order.
    pub(super) fn similar(&self, name: &str) -> &[&'a str] {
        self.by_stem.get(&stem(name)).map_or(&[], Vec::as_slice)
    }

    /// Those that are short enough to abbreviate another name, in order.
    pub(super) fn codes(&self) -> &[&'a str] {
        &self.codes
    }

    /// Where any of these is sent or tested for.
    pub(super) fn uses(&self, atoms: &[&str]) -> Uses {
        let mut all = Uses::default();
        for uses in atoms.iter().filter_map(|atom| self.uses.get(atom)) {
            all.sent.extend(&uses.sent);
            all.tested.extend(&uses.tested);
        }
        for indices in [&mut all.sent, &mut all.tested] {
            indices.sort_unstable();
            indices.dedup();
        }
        all
    }

    /// Those of one kind, in order.
    pub(super) fn of_kind(&self, kind: Kind) -> &[&'a str] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// All that are sent or tested for, in order.
    pub(super) fn all(&self) -> &[&'a str] {
        &self.all
    }
}

/// How many kinds with the same fields are told apart: from so many on, the fields say nothing.
const ALIKE: usize = 4;

/// What the records of the messages hold.
struct Shapes<'m, 'a> {
    fields: HashMap<&'a str, Vec<&'m [&'a str]>>,
    /// Kinds whose records have just these fields, at most [`ALIKE`].
    alike: HashMap<&'m [&'a str], Vec<&'a str>>,
    /// Codes of at most three letters.
    codes: HashSet<String>,
}

impl<'m, 'a> Shapes<'m, 'a> {
    fn of(model: &'m Model<'a>) -> Self {
        let mut shapes = Self { fields: HashMap::new(), alike: HashMap::new(), codes: HashSet::new() };
        for sent in &model.messages.sent {
            let fields = sent.fields.as_slice();
            shapes.fields.entry(sent.kind).or_default().push(fields);
            let alike = shapes.alike.entry(fields).or_default();
            if alike.len() < ALIKE && !alike.contains(&sent.kind) {
                alike.push(sent.kind);
            }
        }
        shapes.codes = shapes.fields.keys().map(|kind| plain(kind)).filter(|code| code.len() <= 3).collect();
        shapes
    }

    /// The kind of a message by what its records hold, for names that say nothing.
    fn kind(&self, kind: &str) -> Option<Kind> {
        let records = self.fields.get(kind)?;
        let others = self.alike.get(records.first()?)?.iter().filter(|other| **other != kind).count();
        // Records that all have the same fields say nothing of their kind.
        if others >= ALIKE - 1 {
            return None;
        }
        let fields: Vec<String> = records.iter().flat_map(|fields| fields.iter()).map(|field| plain(field)).collect();
        let has = |word: &str| fields.iter().any(|field| field.contains(word));
        match () {
            () if has("entries") || has("prevlog") => Some(Kind::Append),
            () if has("granted") => Some(Kind::VoteResponse),
            () if has("lastlog") => Some(Kind::Vote),
            () if has("matchindex") => Some(Kind::AppendResponse),
            () if has("response") || has("hint") || has("success") && has("value") => Some(Kind::ClientResponse),
            () if has("cmd") || has("command") || has("key") => Some(Kind::Client),
            () => None,
        }
    }

    /// The kind of a short code such as `rvq`: what it abbreviates; of a pair `apq` and `app` the second is the answer.
    fn coded(&self, code: &str) -> Option<Kind> {
        const LONG: &[(&str, Kind)] = &[
            ("RequestVoteRequest", Kind::Vote),
            ("RequestVoteResponse", Kind::VoteResponse),
            ("AppendEntriesRequest", Kind::Append),
            ("AppendEntriesResponse", Kind::AppendResponse),
            ("ClientPutRequest", Kind::ClientPut),
            ("ClientPutResponse", Kind::ClientPutResponse),
            ("ClientGetRequest", Kind::ClientGet),
            ("ClientGetResponse", Kind::ClientGetResponse),
        ];
        let plain = plain(code);
        let stem = plain.get(..plain.len().saturating_sub(1))?;
        let paired = plain.ends_with('p') && self.codes.contains(&format!("{stem}q"));
        if !paired && let Some(kind) = Kind::named(code) {
            return Some(kind);
        }
        LONG.iter()
            .find(|(name, _)| abbreviates(code, name) && (!paired || name.ends_with("Response")))
            .map(|(_, kind)| *kind)
    }
}

fn is_code(plain: &str) -> bool {
    (2..=4).contains(&plain.len())
}

/// Whether a short code is made of letters of a name, in order: `rvq` of RequestVoteRequest.
pub(super) fn abbreviates(code: &str, name: &str) -> bool {
    let code = plain(code);
    if !is_code(&code) {
        return false;
    }
    let name = plain(name);
    let mut letters = name.chars();
    name.chars().next() == code.chars().next() && code.chars().all(|wanted| letters.any(|letter| letter == wanted))
}
