//! From message files in Project Fluent's format to compact tables. It runs when this crate is built.
//!
//! A table has a line for each message, in order of id: `ID=PATTERN`, or `=PATTERN` where only Rust says it, which knows the
//! order. In a pattern, `{name}` stands for an argument, and
//! `{name|KEY=PATTERN|*=PATTERN}` for the first pattern whose key is the argument or the plural category of that number,
//! or else for the last one. A message's attribute is a message of its own, `ID.ATTRIBUTE`.

use fluent_syntax::ast::{
    Attribute, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser;
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use std::collections::{BTreeMap, BTreeSet};
use unic_langid::LanguageIdentifier;

/// The files of a language's folder: its tag (BCP 47), and the name and text of each.
pub type Source = (String, Vec<(String, String)>);

/// A message of one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Its file, without the ending.
    pub part: String,
    /// Its pattern in a table.
    pub pattern: String,
    /// The arguments that the pattern names.
    pub arguments: BTreeSet<String>,
}

/// The messages of one language.
#[derive(Debug)]
pub struct Language {
    /// Its BCP 47 tag, which is the name of its folder.
    pub tag: String,
    /// Its translation is not whole: what is missing is said in English. It has the term `-draft`.
    pub is_draft: bool,
    /// The messages by id.
    pub messages: BTreeMap<String, Message>,
    /// The line of plural categories, where they are not those of English.
    plural: Option<String>,
}

impl Language {
    /// The language as a table. Only messages that scripts ask for by id have one there; Rust knows the order.
    pub fn table(&self, has_id: impl Fn(&str, &Message) -> bool) -> String {
        let plural = self.plural.iter();
        let plural = plural.map(|letters| format!("@plural={letters}\n"));
        let messages = self.messages.iter().map(|(id, message)| {
            let id = if has_id(id, message) { id } else { "" };
            format!("{id}={}\n", message.pattern)
        });
        plural.chain(messages).collect()
    }
}

/// Compiles all languages, English first.
///
/// # Errors
/// Whatever is wrong in any file: syntax, an id that is missing or not in English, other arguments than in English.
pub fn compile(sources: &[Source]) -> Result<Vec<Language>, Vec<String>> {
    let mut problems = Vec::new();
    let mut languages: Vec<Language> = sources
        .iter()
        .map(|source| language(source, &mut problems))
        .collect();
    languages.sort_by_key(|language| language.tag != "en");
    let Some((english, others)) = languages
        .split_first_mut()
        .filter(|(first, _)| first.tag == "en")
    else {
        return Err(vec!["there is no English (en)".into()]);
    };
    for other in others {
        complete(other, english, &mut problems);
    }
    if problems.is_empty() {
        Ok(languages)
    } else {
        Err(problems)
    }
}

/// Compares a translation with English, and completes a draft.
fn complete(other: &mut Language, english: &Language, problems: &mut Vec<String>) {
    let tag = &other.tag;
    for (id, message) in &english.messages {
        match other.messages.get(id) {
            None if other.is_draft => {
                other.messages.insert(id.clone(), message.clone());
            }
            None => problems.push(format!(
                "{tag}: {id} is missing; in English: {}",
                message.pattern
            )),
            Some(found) if found.arguments != message.arguments => problems.push(format!(
                "{tag}: {id} uses the arguments {:?}, and in English {:?}",
                found.arguments, message.arguments
            )),
            Some(found) if found.part != message.part => {
                problems.push(format!(
                    "{tag}: {id} is in {}.ftl, and in English in {}.ftl",
                    found.part, message.part
                ));
            }
            Some(_) => {}
        }
    }
    let unknown = other
        .messages
        .keys()
        .filter(|id| !english.messages.contains_key(*id));
    problems.extend(unknown.map(|id| format!("{tag}: {id} is not a message of English")));
}

type Body<'a> = Pattern<&'a str>;

/// What a pattern may refer to, by name; terms have a minus before it.
type Definitions<'a> = BTreeMap<String, Body<'a>>;

fn language((tag, files): &Source, problems: &mut Vec<String>) -> Language {
    let mut definitions = Definitions::new();
    let mut parts = Vec::new();
    for (file, text) in files {
        let resource = parser::parse(text.as_str()).unwrap_or_else(|(resource, errors)| {
            for error in errors {
                let line = text[..error.pos.start].matches('\n').count() + 1;
                problems.push(format!("{tag}/{file}, line {line}: {error}"));
            }
            resource
        });
        let part = file.trim_end_matches(".ftl");
        for entry in resource.body {
            let (id, value, attributes) = match entry {
                Entry::Message(message) => (
                    message.id.name.to_string(),
                    message.value,
                    message.attributes,
                ),
                Entry::Term(term) => (
                    format!("-{}", term.id.name),
                    Some(term.value),
                    term.attributes,
                ),
                _ => continue,
            };
            let attributes = attributes
                .into_iter()
                .map(|Attribute { id: name, value }| (format!("{id}.{}", name.name), value));
            for (id, value) in value
                .into_iter()
                .map(|value| (id.clone(), value))
                .chain(attributes)
            {
                if definitions.insert(id.clone(), value).is_some() {
                    problems.push(format!("{tag}/{file}: {id} is there twice"));
                }
                parts.push((id, part.to_string()));
            }
        }
    }
    let mut messages = BTreeMap::new();
    for (id, part) in parts.into_iter().filter(|(id, _)| !id.starts_with('-')) {
        let mut compiler = Compiler {
            definitions: &definitions,
            arguments: BTreeSet::new(),
            depth: 0,
        };
        match compiler.pattern(&definitions[&id]) {
            Ok(pattern) => {
                messages.insert(
                    id,
                    Message {
                        part,
                        pattern,
                        arguments: compiler.arguments,
                    },
                );
            }
            Err(problem) => problems.push(format!("{tag}: {id}: {problem}")),
        }
    }
    let plural = plural_letters(tag).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    Language {
        tag: tag.clone(),
        is_draft: definitions.contains_key("-draft"),
        messages,
        plural,
    }
}

struct Compiler<'a> {
    definitions: &'a Definitions<'a>,
    arguments: BTreeSet<String>,
    /// How many references lead to what is compiled now.
    depth: usize,
}

impl<'a> Compiler<'a> {
    fn pattern(&mut self, pattern: &Body<'a>) -> Result<String, String> {
        let parts: Result<Vec<String>, String> = pattern
            .elements
            .iter()
            .map(|element| match element {
                PatternElement::TextElement { value } => literal(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            })
            .collect();
        Ok(parts?.concat())
    }

    fn expression(&mut self, expression: &Expression<&'a str>) -> Result<String, String> {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select {
                selector: InlineExpression::VariableReference { id },
                variants,
            } => {
                self.arguments.insert(id.name.into());
                let mut text = format!("{{{}", id.name);
                // The default comes last, where it is found if nothing else is.
                for default in [false, true] {
                    for variant in variants.iter().filter(|variant| variant.default == default) {
                        let key = match (&variant.key, default) {
                            (_, true) => "*",
                            (VariantKey::Identifier { name }, _) => name,
                            (VariantKey::NumberLiteral { value }, _) => value,
                        };
                        text += &format!("|{key}={}", self.pattern(&variant.value)?);
                    }
                }
                Ok(text + "}")
            }
            Expression::Select { .. } => Err("only an argument can select".into()),
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'a str>) -> Result<String, String> {
        match inline {
            InlineExpression::StringLiteral { value } => literal(value),
            InlineExpression::NumberLiteral { value } => Ok((*value).into()),
            InlineExpression::VariableReference { id } => {
                self.arguments.insert(id.name.into());
                Ok(format!("{{{}}}", id.name))
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute
                    .as_ref()
                    .map_or(String::new(), |attribute| format!(".{}", attribute.name));
                self.reference(format!("{}{attribute}", id.name))
            }
            InlineExpression::TermReference {
                id,
                attribute: None,
                arguments: None,
            } => self.term(id.name),
            InlineExpression::TermReference { .. } => {
                Err("terms have no attributes and no arguments here".into())
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { .. } => {
                Err("functions are not known: numbers come formatted".into())
            }
        }
    }

    /// A term is a name: as Fluent has it, it sees none of the message's arguments.
    fn term(&mut self, name: &str) -> Result<String, String> {
        let before = self.arguments.clone();
        let text = self.reference(format!("-{name}"))?;
        if self.arguments != before {
            return Err(format!(
                "the term -{name} uses an argument, which only messages have"
            ));
        }
        Ok(text)
    }

    fn reference(&mut self, name: String) -> Result<String, String> {
        let definitions = self.definitions;
        let pattern = definitions
            .get(&name)
            .ok_or_else(|| format!("{name} is not defined"))?;
        if self.depth > 9 {
            return Err(format!("{name} refers to itself"));
        }
        self.depth += 1;
        let text = self.pattern(pattern);
        self.depth -= 1;
        text
    }
}

/// Text in one line. A table has no way to write braces and bars.
fn literal(text: &str) -> Result<String, String> {
    if text.contains(['{', '}', '|']) {
        return Err(format!("{text:?} contains a brace or a bar"));
    }
    Ok(text.replace('\n', " "))
}

/// A letter for the plural category of each whole number: those from 0 to 99, then any larger ones by their last two
/// digits. None where only 1 is `one` and the others are `other`, as in English.
fn plural_letters(tag: &str) -> Result<Option<String>, String> {
    let language: LanguageIdentifier = tag
        .parse()
        .map_err(|_| format!("{tag} is not a BCP 47 tag"))?;
    let rules = PluralRules::create(language, PluralRuleType::CARDINAL)
        .map_err(|_| format!("{tag} has no plural rules"))?;
    let letter = |n: u32| match rules.select(n) {
        Ok(PluralCategory::ZERO) => 'z',
        Ok(PluralCategory::ONE) => 'o',
        Ok(PluralCategory::TWO) => 't',
        Ok(PluralCategory::FEW) => 'f',
        Ok(PluralCategory::MANY) => 'm',
        _ => 'x',
    };
    let letters: String = (0..200).map(letter).collect();
    let english: String = (0..200).map(|n| if n == 1 { 'o' } else { 'x' }).collect();
    Ok((letters != english).then_some(letters))
}
