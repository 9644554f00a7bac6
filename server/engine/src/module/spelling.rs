//! What is told by how a name is spelled alone.

/// A name without case and signs.
pub(crate) fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    plain.extend(name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| char::from(byte.to_ascii_lowercase())));
    plain
}

/// Prefixes that say how a name is used and not what it names.
const PREFIXES: &[&str] =
    &["handle", "receive", "recv", "rcv", "process", "send", "do", "on", "state", "msg", "message", "node"];

/// A name without case, underscores and the prefixes that models put before it: `HandleMsgVote` is `vote`.
pub(crate) fn stem(name: &str) -> String {
    stem_of_plain(&plain(name))
}

/// The stem of a name that has neither case nor signs.
pub(crate) fn stem_of_plain(plain: &str) -> String {
    let mut stem = plain;
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| stem.strip_prefix(prefix))
        && rest.len() > 2
    {
        stem = rest;
    }
    let mut stem = stem.to_owned();
    for (long, short) in [("response", "resp"), ("reply", "resp"), ("request", "req")] {
        if let Some(rest) = stem.strip_suffix(long)
            && !rest.is_empty()
        {
            stem = format!("{rest}{short}");
        }
    }
    stem
}

/// Whether two names differ only in case, underscores and prefixes of use.
pub(crate) fn similar(one: &str, other: &str) -> bool {
    one == other || stem(one) == stem(other)
}
