//! Kinds of Raft messages under all their names: `MsgVote`, `RequestVoteRequest`, `"rvq"`.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use super::spelled::Spelled;
use crate::{
    module::{
        hash::QuickMap,
        model::{Model, is_hup, plain},
    },
    syntax::tree::Name,
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
        Self::of_plain(&plain(name))
    }

    /// The kind that a name without case and signs speaks of.
    pub(super) fn of_plain(whole: &str) -> Option<Kind> {
        let plain = whole.strip_prefix("message").or_else(|| whole.strip_prefix("msg")).unwrap_or(whole);
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
    /// In order of their names.
    all: Vec<Message<'a>>,
    at: QuickMap<&'a str, usize>,
    /// By the stems of all spellings.
    by_stem: QuickMap<Name, Vec<usize>>,
}

/// A type of message that is sent or tested for.
pub(super) struct Message<'a> {
    pub atom: &'a str,
    pub kind: Option<Kind>,
    pub spelled: Spelled,
    /// Where it is sent and tested for: indices into what the model knows of messages, in order.
    pub sent: Vec<usize>,
    pub tested: Vec<usize>,
    /// The things that prompts exclude and that any of its spellings speaks of, as bits.
    pub things: u32,
    /// The stems of all its spellings.
    pub stems: Vec<Name>,
    /// Whether it is the local message of an election timeout.
    pub hup: bool,
    /// Whether it is a local message, by which a node's own timer asks for something.
    pub local: bool,
}

impl<'a> Kinds<'a> {
    pub(super) fn of(model: &Model<'a>) -> Self {
        let mut all: Vec<Message<'a>> = Vec::new();
        let mut at: QuickMap<&'a str, usize> = QuickMap::default();
        let mut message = |atom: &'a str, all: &mut Vec<Message<'a>>| {
            *at.entry(atom).or_insert_with(|| {
                all.push(Message::of(atom));
                all.len() - 1
            })
        };
        for (index, sent) in model.messages.sent.iter().enumerate() {
            let message = message(sent.kind, &mut all);
            all[message].sent.push(index);
        }
        for (index, tested) in model.messages.tested.iter().enumerate() {
            let message = message(tested.kind, &mut all);
            all[message].tested.push(index);
        }
        all.sort_unstable_by_key(|message| message.atom);
        let mut kinds = Self { all, at, by_stem: QuickMap::default() };
        let shapes = OnceCell::new();
        for (index, message) in kinds.all.iter_mut().enumerate() {
            kinds.at.insert(message.atom, index);
            let spellings = model.spellings(message.atom);
            for spelling in &spellings {
                message.spell(spelling);
            }
            for stem in &message.stems {
                let alike = kinds.by_stem.entry(stem.clone()).or_default();
                if alike.last() != Some(&index) {
                    alike.push(index);
                }
            }
            let short = |name: &&&str| plain(name).len() <= 3;
            let long = spellings.iter().filter(|name| !short(name)).find_map(|name| Kind::named(name));
            message.kind = long.or_else(|| {
                let shapes = shapes.get_or_init(|| Shapes::of(model));
                let coded = || spellings.iter().filter(short).find_map(|name| shapes.coded(name));
                shapes.kind(message.atom).or_else(coded)
            });
        }
        kinds
    }

    /// The message of a name, where it is sent or tested for.
    pub(super) fn message(&self, atom: &str) -> Option<&Message<'a>> {
        self.at.get(atom).map(|at| &self.all[*at])
    }

    /// Those with a spelling that differs from a name in case, underscores and prefixes of use alone, in order.
    pub(super) fn similar(&self, spelled: &Spelled) -> impl Iterator<Item = &Message<'a>> {
        self.by_stem.get(&spelled.stem).into_iter().flatten().map(|at| &self.all[*at])
    }

    /// All that are sent or tested for, in order.
    pub(super) fn all(&self) -> &[Message<'a>] {
        &self.all
    }

    /// Those of one kind, in order.
    pub(super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Message<'a>> {
        self.all.iter().filter(move |message| message.kind == Some(kind))
    }
}

impl<'a> Message<'a> {
    fn of(atom: &'a str) -> Self {
        Self {
            atom,
            kind: None,
            spelled: Spelled::of(atom),
            sent: Vec::new(),
            tested: Vec::new(),
            things: 0,
            stems: Vec::new(),
            hup: false,
            local: false,
        }
    }

    /// Takes in what one of its spellings says.
    fn spell(&mut self, spelling: &str) {
        let spelled = if spelling == self.atom { self.spelled.clone() } else { Spelled::of(spelling) };
        self.things |= spelled.things;
        self.hup |= is_hup(&spelled.plain);
        self.local |= self.hup || is_beat(&spelled.plain);
        self.stems.push(spelled.stem);
    }

    /// Whether it is short enough to abbreviate another name.
    pub(super) fn is_code(&self) -> bool {
        is_code(&self.spelled.plain)
    }
}

/// Whether a name (without case and signs) is that of the local message by which a leader's own timer asks for
/// heartbeats.
fn is_beat(plain: &str) -> bool {
    plain.ends_with("beat") && !plain.ends_with("heartbeat") || plain.ends_with("heartbeattimeout")
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
            .find(|(name, _)| is_abbreviation(&plain, &self::plain(name)) && (!paired || name.ends_with("Response")))
            .map(|(_, kind)| *kind)
    }
}

fn is_code(plain: &str) -> bool {
    (2..=4).contains(&plain.len())
}

/// Whether a short code is made of letters of a name, in order: `rvq` of RequestVoteRequest. Both are without case and
/// signs.
pub(super) fn is_abbreviation(code: &str, name: &str) -> bool {
    if !is_code(code) {
        return false;
    }
    let mut letters = name.chars();
    name.chars().next() == code.chars().next() && code.chars().all(|wanted| letters.any(|letter| letter == wanted))
}
