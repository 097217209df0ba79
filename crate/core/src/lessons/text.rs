//! Markdown to a small tree of blocks. HTML is refused, so that what the page builds from the tree is only what the
//! variants below can say.

use super::numbers::number_named;
use super::problem::Problems;
use gradient_flow_words::{Message, message};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::iter::Peekable;
use std::ops::Range;

/// How deep lists and quotations may stand in one another.
const MAX_DEPTH: usize = 8;

/// A block of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A small heading.
    Heading(Vec<Inline>),
    /// A list; `start` is the first number of an ordered one.
    List {
        /// The first number, if it is ordered.
        start: Option<u64>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// Lines of code.
    Code(String),
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The line in the file, from 1.
    pub line: usize,
    /// Whether its box is ticked, if it has one.
    pub ticked: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// `{name}`: a number of the run on the screen.
    Number(&'static str),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link, to `http`, `https`, a relative address or a fragment.
    Link {
        /// Where it leads.
        address: String,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A line break.
    Break,
}

/// Reads Markdown whose first line is the `line`-th of the file.
pub(super) fn blocks(markdown: &str, line: usize, problems: &mut Problems) -> Vec<Block> {
    let events = Parser::new_ext(markdown, Options::ENABLE_TASKLISTS).into_offset_iter();
    let mut reader = Reader {
        events: events.peekable(),
        markdown,
        line,
        ticked: None,
        problems,
    };
    reader.blocks(0)
}

struct Reader<'a, 'p, I: Iterator<Item = (Event<'a>, Range<usize>)>> {
    events: Peekable<I>,
    markdown: &'a str,
    line: usize,
    /// The box of the item that is being read.
    ticked: Option<bool>,
    problems: &'p mut Problems,
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Reader<'a, '_, I> {
    fn line_at(&self, offset: usize) -> usize {
        self.line + self.markdown[..offset].matches('\n').count()
    }

    fn refuse(&mut self, at: &Range<usize>, reason: Message) {
        let line = self.line_at(at.start);
        self.problems.add(line, reason);
    }

    /// The blocks up to the end of what they stand in, which is read too.
    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, at)) = self.events.peek().cloned() {
            let is_inline = !matches!(
                event,
                Event::Start(
                    Tag::Paragraph
                        | Tag::Heading { .. }
                        | Tag::List(_)
                        | Tag::BlockQuote(_)
                        | Tag::CodeBlock(_)
                        | Tag::HtmlBlock
                        | Tag::Item
                ) | Event::End(_)
                    | Event::Rule
            );
            if is_inline {
                // The items of a tight list have no paragraphs.
                blocks.push(Block::Paragraph(self.inlines()));
                continue;
            }
            self.events.next();
            if depth > MAX_DEPTH {
                self.refuse(&at, message!("lesson-too-deep"));
                self.skip();
                return blocks;
            }
            match event {
                Event::Start(Tag::Paragraph) => blocks.push(Block::Paragraph(self.contents())),
                Event::Start(Tag::Heading { .. }) => blocks.push(Block::Heading(self.contents())),
                Event::Start(Tag::BlockQuote(_)) => {
                    blocks.push(Block::Quote(self.blocks(depth + 1)))
                }
                Event::Start(Tag::List(start)) => blocks.push(Block::List {
                    start,
                    items: self.items(depth + 1),
                }),
                Event::Start(Tag::CodeBlock(_)) => blocks.push(Block::Code(self.plain())),
                Event::Start(_) => {
                    self.refuse(&at, message!("lesson-html"));
                    self.skip();
                }
                Event::End(_) => return blocks,
                _ => {}
            }
        }
        blocks
    }

    fn items(&mut self, depth: usize) -> Vec<Item> {
        let outer = self.ticked.take();
        let mut items = Vec::new();
        while let Some((Event::Start(Tag::Item), at)) = self.events.next() {
            let line = self.line_at(at.start);
            let blocks = self.blocks(depth);
            let ticked = self.ticked.take();
            items.push(Item {
                line,
                ticked,
                blocks,
            });
        }
        self.ticked = outer;
        items
    }

    /// The inlines up to the end of what they stand in, which is read too.
    fn contents(&mut self) -> Vec<Inline> {
        let inlines = self.inlines();
        self.events.next();
        inlines
    }

    /// The inlines up to anything else.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let mut text = String::new();
        let mut text_at = 0..0;
        while let Some((event, at)) = self.events.peek().cloned() {
            match &event {
                Event::End(_) | Event::Rule => break,
                Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. },
                ) => {}
                Event::Start(_) => break,
                _ => {}
            }
            self.events.next();
            match &event {
                Event::Text(piece) => {
                    if text.is_empty() {
                        text_at = at;
                    }
                    text.push_str(piece);
                    continue;
                }
                Event::SoftBreak => {
                    text.push(' ');
                    continue;
                }
                _ => {}
            }
            self.flush(&mut text, &text_at, &mut inlines);
            match event {
                Event::Start(Tag::Emphasis) => inlines.push(Inline::Emphasis(self.contents())),
                Event::Start(Tag::Strong) => inlines.push(Inline::Strong(self.contents())),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    if !is_safe(&dest_url) {
                        self.refuse(&at, message!("lesson-link", address = dest_url.to_string()));
                    }
                    inlines.push(Inline::Link {
                        address: dest_url.into(),
                        text: self.contents(),
                    });
                }
                Event::Start(_) => {
                    self.refuse(&at, message!("lesson-image"));
                    self.skip();
                }
                Event::Code(code) => inlines.push(Inline::Code(code.into())),
                Event::HardBreak => inlines.push(Inline::Break),
                Event::TaskListMarker(ticked) => self.ticked = Some(ticked),
                _ => self.refuse(&at, message!("lesson-html")),
            }
        }
        self.flush(&mut text, &text_at, &mut inlines);
        inlines
    }

    /// Text with the numbers that it names in braces.
    fn flush(&mut self, text: &mut String, at: &Range<usize>, inlines: &mut Vec<Inline>) {
        let mut rest = text.as_str();
        let mut unknown = Vec::new();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            if !before.is_empty() {
                inlines.push(Inline::Text(before.into()));
            }
            match number_named(name.trim()) {
                Some(number) => inlines.push(Inline::Number(number.name)),
                None => unknown.push(name.trim().to_string()),
            }
            rest = after;
        }
        if !rest.is_empty() {
            inlines.push(Inline::Text(rest.into()));
        }
        text.clear();
        for name in unknown {
            self.refuse(at, super::numbers::unknown(&name));
        }
    }

    /// The text up to the end of what it stands in, which is read too.
    fn plain(&mut self) -> String {
        let mut text = String::new();
        while let Some((Event::Text(piece), _)) = self.events.next() {
            text.push_str(&piece);
        }
        text
    }

    /// Reads up to the end of what was begun.
    fn skip(&mut self) {
        let mut open = 1;
        while open > 0 {
            match self.events.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some(_) => {}
                None => return,
            }
        }
    }
}

/// Whether an address is `http`, `https`, relative or a fragment. Browsers drop tabs and line breaks from addresses, so
/// that none may be in it.
fn is_safe(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    let is_web = ["http:", "https:"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    !address.is_empty()
        && !address.contains(|c: char| c.is_ascii_control() || c.is_whitespace())
        && (is_web || !scheme.contains(':'))
}

/// The numbers that blocks name.
pub(super) fn numbers_in(blocks: &[Block]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => numbers_of(inlines, &mut names),
            Block::List { items, .. } => {
                for item in items {
                    names.extend(numbers_in(&item.blocks));
                }
            }
            Block::Quote(blocks) => names.extend(numbers_in(blocks)),
            Block::Code(_) => {}
        }
    }
    names
}

fn numbers_of(inlines: &[Inline], names: &mut Vec<&'static str>) {
    for inline in inlines {
        match inline {
            Inline::Number(name) => names.push(name),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { text: inner, .. } => {
                numbers_of(inner, names);
            }
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}
