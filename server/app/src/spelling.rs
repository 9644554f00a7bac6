//! Finds what a misspelled word was meant to be.

/// The known word that is nearest to a misspelled one, if any is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |known: &str| strsim::jaro_winkler(&word.to_lowercase(), &known.to_lowercase());
    let scored = known.into_iter().map(|known| (likeness(known), known)).filter(|(likeness, _)| *likeness > 0.8);
    // Of equally near words the first one.
    scored
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        })
        .map(|(_, known)| known)
}

/// "; did you mean `prompt`?" or nothing.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, known).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_a_foreign_word_finds_none() {
        assert_eq!(nearest("promt", ["severity", "prompt"]), Some("prompt"));
        assert_eq!(nearest("xyz", ["severity", "prompt"]), None);
    }
}
