//! Small operators that models use as if everybody had them: what each of them is, for a module that lacks it.

use super::Context;
use crate::diagnostic::{Edit, Fix, Safety};

/// A name, its parameters and its body, in which `$` stands before every bound name.
struct Supply {
    name: &'static str,
    parameters: &'static [&'static str],
    body: &'static str,
}

const fn supply(name: &'static str, parameters: &'static [&'static str], body: &'static str) -> Supply {
    Supply { name, parameters, body }
}

const SUPPLIES: &[Supply] = &[
    supply("Max", &["$a", "$b"], "IF $a >= $b THEN $a ELSE $b"),
    supply("Min", &["$a", "$b"], "IF $a <= $b THEN $a ELSE $b"),
    supply("Max", &["$S"], "CHOOSE $x \\in $S : \\A $y \\in $S : $x >= $y"),
    supply("Min", &["$S"], "CHOOSE $x \\in $S : \\A $y \\in $S : $x <= $y"),
    supply("Abs", &["$n"], "IF $n < 0 THEN -$n ELSE $n"),
    supply("Range", &["$f"], "{$f[$x] : $x \\in DOMAIN $f}"),
    supply("ToSet", &["$f"], "{$f[$x] : $x \\in DOMAIN $f}"),
    supply("SeqToSet", &["$f"], "{$f[$x] : $x \\in DOMAIN $f}"),
    supply("SetOfSeq", &["$f"], "{$f[$x] : $x \\in DOMAIN $f}"),
    supply("AsSet", &["$f"], "{$f[$x] : $x \\in DOMAIN $f}"),
    supply("Ran", &["$f"], "{$f[$x] : $x \\in DOMAIN $f}"),
    supply("Elems", &["$f"], "{$f[$x] : $x \\in DOMAIN $f}"),
    supply("Last", &["$f"], "$f[Len($f)]"),
    supply("LastElement", &["$f"], "$f[Len($f)]"),
    supply("Front", &["$f"], "SubSeq($f, 1, Len($f) - 1)"),
    supply("Contains", &["$f", "$x"], "\\E $i \\in DOMAIN $f : $f[$i] = $x"),
    supply("SetToSeq", &["$S"], "CHOOSE $f \\in [1..Cardinality($S) -> $S] : {$f[$x] : $x \\in DOMAIN $f} = $S"),
    supply("RemoveAt", &["$f", "$i"], "SubSeq($f, 1, $i - 1) \\o SubSeq($f, $i + 1, Len($f))"),
    supply("Prepend", &["$x", "$f"], "<<$x>> \\o $f"),
];

impl Context<'_> {
    /// A definition of an operator that the module uses and nobody defines, before its first use. The name may be spelled
    /// in capitals or small letters throughout.
    pub(crate) fn supply(&self, name: &str, arguments: usize) -> Option<Fix> {
        let supply = SUPPLIES
            .iter()
            .find(|supply| supply.name.eq_ignore_ascii_case(name) && supply.parameters.len() == arguments)?;
        // One definition serves all uses or none.
        if self.uses(name).iter().any(|used| used.arguments.len() != arguments) {
            return None;
        }
        let first = (0..self.document.units().len()).find(|unit| self.says(*unit, name))?;
        if self.document.units()[first].range.depth != 1 {
            return None;
        }
        let place = self.block_of(first)?.start;
        let text = format!("{name}({}) == {}", supply.parameters.join(", "), supply.body);
        let text = self.with_free_names(&text)?;
        let edits = vec![Edit::insert(place, format!("{text}\n\n"))];
        Some(Fix { title: format!("define `{name}`"), safety: Safety::Safe, edits })
    }

    /// The declaration of a name that nobody declares: a variable, where it is primed somewhere, or else a constant, where
    /// it is written like one.
    pub(crate) fn declare(&self, name: &str, arguments: usize) -> Option<Fix> {
        let (declared, keyword) = if self.linked.is_primed(name) {
            (self.module.variables.last().map(|last| last.span(last.value.span)), "VARIABLE")
        } else if name.starts_with(|first: char| first.is_ascii_uppercase()) && name.len() > 1 {
            let last = self.module.constants.last().filter(|last| last.value.arity == 0);
            (last.map(|last| last.span(last.value.ident.span)), "CONSTANT")
        } else {
            return None;
        };
        let text = match arguments {
            0 => name.to_owned(),
            _ if keyword == "CONSTANT" => format!("{name}({})", vec!["_"; arguments].join(", ")),
            _ => return None,
        };
        let edit = match declared {
            Some(last) => Edit::insert(last.end, format!(", {text}")),
            None => {
                let after = self.module.extends_unit.or(self.module.header)?;
                let mut starts = self.document.units().iter().map(|unit| unit.range.span.start);
                Edit::insert(starts.find(|start| *start >= after.end)?, format!("{keyword} {text}\n"))
            }
        };
        let title = format!("declare `{text}` as a {keyword}");
        Some(Fix { title, safety: Safety::Ask, edits: vec![edit] })
    }

    /// Replaces `$x` by `x`, or by another name where the module has an `x` of its own.
    fn with_free_names(&self, text: &str) -> Option<String> {
        let mut result = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            result.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
            let name = &rest[..end];
            if self.linked.symbol(name).is_none() && self.module.place_of(name).is_none() {
                result.push_str(name);
            } else {
                result.push_str(&self.free_name(name)?);
            }
            rest = &rest[end..];
        }
        result.push_str(rest);
        Some(result)
    }
}
