//! Kinds of Raft messages under all their names: `MsgVote`, `RequestVoteRequest`, `"rvq"`.

use crate::module::model::{Model, is_hup, plain};

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

    /// The kind of a message by what its records hold, for names that say nothing.
    pub(super) fn shaped(model: &Model<'_>, kind: &str) -> Option<Kind> {
        let mut fields: Vec<String> = Vec::new();
        let mut alike = 0;
        for sent in &model.messages.sent {
            if sent.kind == kind {
                fields.extend(sent.fields.iter().map(|field| plain(field)));
            }
        }
        let first = model.messages.sent.iter().find(|sent| sent.kind == kind)?;
        let mut others: Vec<&str> = Vec::new();
        for sent in model.messages.sent.iter().filter(|sent| sent.kind != kind && sent.fields == first.fields) {
            if !others.contains(&sent.kind) {
                others.push(sent.kind);
                alike += 1;
            }
        }
        // Records that all have the same fields say nothing of their kind.
        if alike >= 3 {
            return None;
        }
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

    /// The kind of a message of the module, by any spelling of its name, else by its shape.
    pub(super) fn of<'a>(model: &Model<'a>, atom: &'a str) -> Option<Kind> {
        let short = |name: &&str| plain(name).len() <= 3;
        let spellings = model.spellings(atom);
        let long = spellings.iter().filter(|name| !short(name)).find_map(|name| Kind::named(name));
        long.or_else(|| Kind::shaped(model, atom))
            .or_else(|| spellings.iter().filter(|name| short(name)).find_map(|name| Kind::coded(model, name)))
    }

    /// The kind of a short code such as `rvq`: what it abbreviates; of a pair `apq` and `app` the second is the answer.
    fn coded(model: &Model<'_>, code: &str) -> Option<Kind> {
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
        let paired = plain.ends_with('p')
            && model.messages.sent.iter().any(|sent| {
                let other = crate::module::model::plain(sent.kind);
                other.len() == plain.len() && other.starts_with(stem) && other.ends_with('q')
            });
        if !paired && let Some(kind) = Kind::named(code) {
            return Some(kind);
        }
        LONG.iter()
            .find(|(name, _)| abbreviates(code, name) && (!paired || name.ends_with("Response")))
            .map(|(_, kind)| *kind)
    }
}

/// Whether a short code is made of letters of a name, in order: `rvq` of RequestVoteRequest.
pub(super) fn abbreviates(code: &str, name: &str) -> bool {
    let code = plain(code);
    if code.len() < 2 || code.len() > 4 {
        return false;
    }
    let name = plain(name);
    let mut letters = name.chars();
    name.chars().next() == code.chars().next() && code.chars().all(|wanted| letters.any(|letter| letter == wanted))
}
