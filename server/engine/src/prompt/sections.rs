//! A prompt as blocks: items with their sub-bullets, paragraphs and templates, each with the section it stands in.

use std::rc::Rc;

use crate::diagnostic::Span;

use super::{
    headings::{Class, Heading, Mark, capital_label, classify, heading, is_closing_tag},
    lines::{ItemStart, Line, Marker, Row, lines, trimmed},
    template,
    wording::{capitals_only, is_demanding, sentences, word_count},
};

/// A piece of a prompt that may demand something.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) class: Class,
    /// Number of the section, so that blocks of one section can be told from those of the next.
    pub(super) section: usize,
    /// The words of the section's heading; empty before the first.
    pub(super) title: Rc<str>,
    pub(super) content: Content,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Item(Item),
    /// Lines between items, headings and empty lines.
    Paragraph(Span),
    /// A TLA+ module to be filled in, from its header to its footer.
    Template(Span),
}

/// A numbered item or bullet with everything that belongs to it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// From behind the marker to the end of the last sub-bullet.
    pub(super) span: Span,
    pub(super) line: usize,
    pub(super) parts: Vec<Part>,
    marker: Marker,
    indent: usize,
}

/// A line of an item, without its marker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) span: Span,
    pub(super) line: usize,
    pub(super) role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The item's own first line.
    Head,
    /// A bullet below it.
    Bullet,
    /// A further line of what stands above it.
    Continuation,
}

/// Reads a prompt into its blocks, in order.
pub(super) fn read(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let mut reader = Reader {
        text,
        blocks: Vec::new(),
        class: Class::Other,
        rank: usize::MAX,
        section: 0,
        title: "".into(),
        margin: 0,
        outer: Vec::new(),
        item: None,
        paragraph: None,
        gap: Gap::Blank,
    };
    let mut at = 0;
    while at < lines.len() {
        at = reader.step(&lines, at);
    }
    reader.close();
    reader.blocks
}

/// Whether an empty line stands between two lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Blank,
    None,
}

struct Reader<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    class: Class,
    /// How strong the heading of the section is marked; small is strong.
    rank: usize,
    section: usize,
    /// The words of the section's heading.
    title: Rc<str>,
    /// Indentation of the section's heading.
    margin: usize,
    /// Sections that an item opened within a list: the item's indentation, and what is around it.
    outer: Vec<(usize, Class, Rc<str>)>,
    item: Option<Item>,
    paragraph: Option<Span>,
    /// What stands before the next line.
    gap: Gap,
}

impl<'a> Reader<'a> {
    /// Reads the line at `at`, and those that belong to it; gives the next line.
    fn step(&mut self, lines: &[Line<'a>], at: usize) -> usize {
        let line = &lines[at];
        if line.is_blank() {
            self.close_paragraph();
            self.gap = Gap::Blank;
            return at + 1;
        }
        if line.is_fence() {
            self.close_paragraph();
            return at + 1;
        }
        if is_closing_tag(line.text) {
            self.close();
            return at + 1;
        }
        // Code among the material is indented; a title of the prompt stands at the margin of the title before it.
        if self.class == Class::Material && line.indent() > self.margin {
            return at + 1;
        }
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if let Some(end) = self.template_end(lines, at) {
            self.close();
            self.push(Content::Template(line.span().cover(lines[end].span())));
            return end + 1;
        }
        if line.is_rule() {
            if self.continues_item(line, gap) {
                self.add_part(line.span(), line.number, Role::Continuation);
            } else {
                self.close();
            }
            return at + 1;
        }
        if let Some(end) = self.object_end(lines, at) {
            for line in &lines[at..=end] {
                self.add_part(line.span(), line.number, Role::Continuation);
            }
            return end + 1;
        }
        if let Some(start) = line.item() {
            self.read_item(line, start);
            return at + 1;
        }
        if let Some(row) = line.row() {
            self.read_row(line, row, lines.get(at + 1));
            return at + 1;
        }
        if self.item.as_ref().is_none_or(|item| line.indent() <= item.indent)
            && let Some(heading) = heading(line)
        {
            self.read_heading(line, &heading);
            return at + 1;
        }
        if self.lists_required_names(line) {
            self.close();
            self.read_row(line, Row::Cells(line.span()), None);
            return at + 1;
        }
        if self.continues_item(line, gap) {
            self.add_part(line.span(), line.number, Role::Continuation);
            return at + 1;
        }
        self.close_item();
        self.paragraph = Some(self.paragraph.map_or(line.span(), |span| span.cover(line.span())));
        at + 1
    }

    /// `Required constants: A, B` at the margin is a demand of its own, also behind a list.
    fn lists_required_names(&self, line: &Line<'_>) -> bool {
        let behind_a_list = self.item.as_ref().is_some_and(|item| line.indent() <= item.indent);
        let label = line.text.trim().split_once(": ").map_or("", |(label, _)| label);
        behind_a_list && word_count(label) <= 3 && label.starts_with("Required ")
    }

    /// A line belongs to the open item when it is indented, or follows without an empty line.
    fn continues_item(&self, line: &Line<'_>, gap: Gap) -> bool {
        self.item.as_ref().is_some_and(|item| line.indent() > item.indent || gap == Gap::None)
    }

    fn read_item(&mut self, line: &Line<'a>, start: ItemStart) {
        self.close_paragraph();
        if self.class == Class::Material {
            return;
        }
        if let Some(item) = &self.item {
            let head_asks = item
                .parts
                .first()
                .is_some_and(|head| self.text[head.span.start..head.span.end].trim_end_matches('*').ends_with(':'));
            let below = start.indent > item.indent
                || start.indent == item.indent
                    && item.marker == Marker::Number
                    && start.marker == Marker::Bullet
                    && head_asks;
            if below {
                self.add_part(start.content, line.number, Role::Bullet);
                return;
            }
        }
        self.close_item();
        while let Some((_, class, title)) = self.outer.pop_if(|(indent, ..)| start.indent <= *indent) {
            self.class = class;
            self.title = title;
            self.section += 1;
        }
        let content = &self.text[start.content.start..start.content.end];
        if let Some(class) = list_heading(content) {
            let title = content.trim_matches(['*', ':', ' ']).into();
            self.outer.push((start.indent, self.class, std::mem::replace(&mut self.title, title)));
            self.class = class;
            self.section += 1;
            return;
        }
        self.item = Some(Item {
            span: start.content,
            line: line.number,
            parts: vec![Part { span: start.content, line: line.number, role: Role::Head }],
            marker: start.marker,
            indent: start.indent,
        });
    }

    /// A row of a table is an item; the row above the dashes is a heading.
    fn read_row(&mut self, line: &Line<'a>, row: Row, next: Option<&Line<'a>>) {
        self.close();
        match row {
            Row::Dashes => {}
            Row::Cells(cells) if next.and_then(Line::row) == Some(Row::Dashes) => {
                let first = self.text[cells.start..cells.end].split('|').next().unwrap_or_default().trim();
                if let Some(class) = classify(first) {
                    self.open(class);
                    self.title = first.into();
                }
            }
            Row::Cells(_) if self.class == Class::Material => {}
            Row::Cells(span) => {
                let part = Part { span, line: line.number, role: Role::Head };
                self.item = Some(Item {
                    span,
                    line: line.number,
                    parts: vec![part],
                    marker: Marker::Bullet,
                    indent: line.indent(),
                });
                self.close_item();
            }
        }
    }

    fn read_heading(&mut self, line: &Line<'a>, heading: &Heading<'a>) {
        self.close_item();
        self.margin = line.indent();
        if heading.mark == Mark::Colon {
            self.read_lead_in(line);
            return;
        }
        self.close_paragraph();
        let rank = match heading.mark {
            Mark::Markdown(level) => level,
            Mark::Bold if !capitals_only(heading.text) => 8,
            _ => 7,
        };
        let class = match heading.class {
            Some(class) => class,
            None if rank > self.rank && self.class != Class::Material => self.class,
            // A comment of shell or Python code among the material looks like a heading of the first level.
            None if rank == 1 && self.class == Class::Material => Class::Material,
            None => Class::Other,
        };
        if heading.class.is_some() || class == Class::Other {
            self.rank = rank;
        }
        self.open(class);
        self.title = heading.text.trim_end_matches(':').into();
        if !heading.rest.is_empty() {
            let offset = heading.rest.as_ptr() as usize - line.text.as_ptr() as usize;
            self.paragraph = Some(trimmed(heading.rest, line.start + offset));
        }
    }

    /// A line that ends with a colon: the end of a paragraph that leads in what follows.
    fn read_lead_in(&mut self, line: &Line<'a>) {
        let span = self.paragraph.take().map_or(line.span(), |span| span.cover(line.span()));
        let words = &self.text[span.start..span.end];
        let last = match self.class {
            // The lines before it may be code.
            Class::Material => line.span(),
            _ => sentences(words, span.start).pop().unwrap_or(span),
        };
        let sentence = self.text[last.start..last.end].trim_end_matches(['*', ':', ' ']);
        // "etcd-specific modeling requirements:" begins small too, but a label of code is one word or has signs.
        let known = word_count(sentence) >= 3 && classify(sentence).is_some_and(|class| class != Class::Material);
        let is_code = self.class == Class::Material
            && (!known && !sentence.starts_with(|c: char| c.is_uppercase() || c == '*')
                || sentence.contains(['=', ';', '<', '>']));
        if is_code {
            return;
        }
        let found = classify(sentence).filter(|class| {
            // "Storage constraints:" within the exclusions is one more group of exclusions.
            self.class != Class::Exclusions
                || *class != Class::Translation
                || ["instruction", "guideline", "translation", "should", "must"]
                    .iter()
                    .any(|word| sentence.to_ascii_lowercase().contains(word))
        });
        let before = self.class;
        let class = match found {
            Some(class) => class,
            None if self.class == Class::Material && !is_demanding(sentence) => Class::Material,
            None if self.class == Class::Material || self.rank == 9 => Class::Other,
            None => self.class,
        };
        // What is said before the list belongs to the section that is left, unless it is the section's own title.
        self.class = if before == Class::Material { Class::Other } else { before };
        if before != Class::Material || is_demanding(words) {
            self.push(Content::Paragraph(span));
        }
        self.class = before;
        if found.is_some() || class != before {
            self.rank = if self.rank == usize::MAX || found.is_some() { 9 } else { self.rank };
        }
        self.open(class);
        if found.is_some() {
            self.title = sentence.into();
        }
    }

    fn open(&mut self, class: Class) {
        self.outer.clear();
        self.class = class;
        self.section += 1;
    }

    fn add_part(&mut self, span: Span, line: usize, role: Role) {
        if let Some(item) = &mut self.item {
            item.span = item.span.cover(span);
            item.parts.push(Part { span, line, role });
        }
    }

    fn push(&mut self, content: Content) {
        let title = Rc::clone(&self.title);
        self.blocks.push(Block { class: self.class, section: self.section, title, content });
    }

    fn close_item(&mut self) {
        if let Some(item) = self.item.take() {
            self.push(Content::Item(item));
        }
    }

    fn close_paragraph(&mut self) {
        if let Some(span) = self.paragraph.take() {
            self.push(Content::Paragraph(span));
        }
    }

    fn close(&mut self) {
        self.close_paragraph();
        self.close_item();
    }

    /// The last line of the template that begins at this line, if one does.
    fn template_end(&self, lines: &[Line<'a>], at: usize) -> Option<usize> {
        if self.class == Class::Material {
            return None;
        }
        let begins = template::is_header(lines[at].text)
            || self.class == Class::Template && self.item.is_none() && template::is_unit(lines[at].text);
        if !begins {
            return None;
        }
        let mut units = 0;
        let mut last = at;
        for (number, line) in lines.iter().enumerate().skip(at) {
            if template::is_footer(line.text) {
                return (units > 0).then_some(number);
            }
            let closes = heading(line).is_some_and(|found| found.class.is_some() && found.mark != Mark::Colon);
            if number > at && closes {
                break;
            }
            if template::is_unit(line.text) {
                units += 1;
            }
            if !line.is_blank() && !line.is_fence() {
                last = number;
            }
        }
        (units > 0 && self.class == Class::Template).then_some(last)
    }

    /// The last line of a JSON object that shows what an item means by "this structure:".
    fn object_end(&self, lines: &[Line<'a>], at: usize) -> Option<usize> {
        let asks = self
            .item
            .as_ref()
            .and_then(|item| item.parts.last())
            .is_some_and(|part| self.text[part.span.start..part.span.end].ends_with(':'));
        if !asks || !lines[at].text.trim_start().starts_with('{') {
            return None;
        }
        let end = lines[at..].iter().take(60).position(|line| matches!(line.text.trim(), "}" | "}}" | "},"))?;
        Some(at + end)
    }
}

/// The class of an item that is only a heading for the bullets below it: `3. Required actions:`.
fn list_heading(content: &str) -> Option<Class> {
    let title = content.trim_end_matches('*').trim_end();
    let title = match title.strip_suffix(':') {
        Some(title) => title,
        None => content.strip_suffix("**").filter(|title| title.starts_with("**"))?,
    };
    let title = title.trim_matches('*').trim();
    if title.split_whitespace().count() > 8 || capital_label(title).is_some() {
        return None;
    }
    let strong = [Class::Exclusions, Class::Naming, Class::Scope, Class::Actions, Class::Allowed];
    classify(title).filter(|class| strong.contains(class))
}
