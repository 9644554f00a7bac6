//! Fills the placeholders of a prompt, in one pass, and leaves every other byte as it is.

use super::{Placeholder, RenderProblem, SourceFile, Value, Values};

/// Renders a text whose placeholders are known. A value that is given for an unknown `{word}` is filled in too.
pub(super) fn render(text: &str, placeholders: &[Placeholder], values: &Values) -> Result<String, Vec<RenderProblem>> {
    let mut problems: Vec<RenderProblem> = Vec::new();
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for placeholder in placeholders {
        let Some(value) = values.get(&placeholder.name) else {
            let problem = RenderProblem::MissingValue { name: placeholder.name.clone(), line: placeholder.line };
            let told = problems.iter().any(|known| known.name() == placeholder.name);
            if placeholder.known && !told {
                problems.push(problem);
            }
            continue;
        };
        result.push_str(&text[at..placeholder.span.start]);
        push_value(&mut result, value);
        at = placeholder.span.end;
    }
    result.push_str(&text[at..]);
    let unused = values.keys().filter(|name| !placeholders.iter().any(|placeholder| placeholder.name == **name));
    problems.extend(unused.map(|name| RenderProblem::UnusedValue { name: name.clone() }));
    if problems.is_empty() { Ok(result) } else { Err(problems) }
}

fn push_value(result: &mut String, value: &Value) {
    match value {
        Value::Text(text) => result.push_str(text),
        // A single file is what the placeholder stands for; only several must be told apart.
        Value::Files(files) => match files.as_slice() {
            [file] => result.push_str(&file.text),
            files => push_files(result, files),
        },
    }
}

fn push_files(result: &mut String, files: &[SourceFile]) {
    for (number, file) in files.iter().enumerate() {
        if number > 0 {
            if !result.ends_with('\n') {
                result.push('\n');
            }
            result.push('\n');
        }
        result.push_str(&format!("// File: {}\n", file.path));
        result.push_str(&file.text);
    }
}

#[cfg(test)]
mod tests {
    use crate::prompt::{Prompt, RenderProblem, SourceFile, Value, Values};

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), Value::Text((*text).to_owned()))).collect()
    }

    #[test]
    fn values_are_never_expanded_again_and_other_braces_stay() {
        let prompt = Prompt::parse("Focus: {focus}\r\n{source_code} {{ }} {x \\in S} $focus\n");
        let rendered = prompt.render(&values(&[("focus", "{source_code}"), ("source_code", "a {focus} $focus")]));
        assert_eq!(rendered.unwrap(), "Focus: {source_code}\r\na {focus} $focus {{ }} {x \\in S} {source_code}\n");
    }

    #[test]
    fn every_missing_and_every_unused_value_is_told_once() {
        let prompt = Prompt::parse("a\n{focus}\n{focus} {file_path}\n");
        let problems = prompt.render(&values(&[("traces", ""), ("file_path", "x")])).unwrap_err();
        assert_eq!(
            problems,
            [
                RenderProblem::MissingValue { name: "focus".into(), line: 1 },
                RenderProblem::UnusedValue { name: "traces".into() },
            ]
        );
        assert_eq!(problems[0].to_string(), "no value for {focus}, which the prompt asks for in line 2");
    }

    #[test]
    fn an_unknown_word_stays_unless_a_value_is_given_for_it() {
        let prompt = Prompt::parse("Speak of {topics}.");
        assert_eq!(prompt.render(&Values::new()).unwrap(), "Speak of {topics}.");
        assert_eq!(prompt.render(&values(&[("topics", "locks")])).unwrap(), "Speak of locks.");
    }

    #[test]
    fn several_files_are_introduced_by_their_paths() {
        let prompt = Prompt::parse("```go\n{source_code}\n```");
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let render = |files: Vec<SourceFile>| {
            prompt.render(&Values::from([("source_code".to_owned(), Value::Files(files))])).unwrap()
        };
        assert_eq!(render(vec![file("a.go", "A\n")]), "```go\nA\n\n```");
        assert_eq!(
            render(vec![file("a.go", "A"), file("b/c.go", "B {focus}")]),
            "```go\n// File: a.go\nA\n\n// File: b/c.go\nB {focus}\n```"
        );
    }
}
