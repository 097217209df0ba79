//! [`Words`]: the messages of one language, read from its table.

use crate::{Message, Number, Value, index_of};
use std::borrow::Cow;
use std::rc::Rc;

/// What the laboratory says in one language.
#[derive(Debug, Clone)]
pub struct Words {
    table: Rc<Cow<'static, str>>,
    /// Where the patterns of the messages begin in the table, in order of [`MESSAGES`](crate::MESSAGES).
    patterns: Rc<Vec<u32>>,
    decimal_sign: char,
}

/// The message that holds a language's decimal sign.
const DECIMAL_SIGN: Message = Message::new(index_of("decimal-sign", &[]));

impl Words {
    /// Reads a table as `compile.rs` writes it. What it lacks is said by number.
    pub fn new(table: impl Into<Cow<'static, str>>) -> Self {
        let table = table.into();
        let mut patterns = Vec::new();
        let mut start = 0;
        for line in table.split_inclusive('\n') {
            let equals = line.bytes().position(|c| c == b'=');
            if let Some(equals) = equals.filter(|_| !line.starts_with('@')) {
                patterns.push((start + equals + 1) as u32);
            }
            start += line.len();
        }
        let mut words = Words {
            table: Rc::new(table),
            patterns: Rc::new(patterns),
            decimal_sign: '.',
        };
        let sign = words
            .pattern(&DECIMAL_SIGN)
            .and_then(|sign| sign.chars().next());
        words.decimal_sign = sign.unwrap_or('.');
        words
    }

    /// A language of this build by its tag. In wasm none is there: pages hand over a table.
    pub fn of(tag: &str) -> Option<Self> {
        #[cfg(not(target_arch = "wasm32"))]
        return crate::LANGUAGES
            .iter()
            .find(|language| language.tag == tag)
            .map(|language| Words::new(language.table));
        #[cfg(target_arch = "wasm32")]
        return {
            let _ = tag;
            None
        };
    }

    /// English. In wasm, words that know nothing: messages are said by their id and arguments.
    pub fn english() -> Self {
        thread_local! {
            static ENGLISH: Words = Words::of("en").unwrap_or_else(|| Words::new(""));
        }
        ENGLISH.with(Words::clone)
    }

    fn pattern(&self, message: &Message) -> Option<&str> {
        let start = *self.patterns.get(usize::from(message.index))?;
        self.table[start as usize..].split('\n').next()
    }

    /// A message as text.
    pub fn say(&self, message: &Message) -> String {
        let mut text = String::new();
        match self.pattern(message) {
            Some(pattern) => self.write(pattern, &message.arguments, &mut text),
            // Nothing is lost, and it is seen.
            None => {
                text += &format!("message {}", message.index);
                for (name, value) in &message.arguments {
                    text += &format!(" {name}={}", self.value(value));
                }
            }
        }
        text
    }

    /// Whole sentences, one after the other.
    pub fn say_all(&self, messages: &[Message]) -> String {
        let sentences: Vec<_> = messages.iter().map(|message| self.say(message)).collect();
        sentences.join(" ")
    }

    /// A value as text.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.to_string(),
            Value::Number(number) => self.number(number),
            Value::Message(message) => self.say(message),
        }
    }

    /// A number with the language's decimal sign.
    pub fn number(&self, number: &Number) -> String {
        if self.decimal_sign == '.' {
            return number.to_string();
        }
        number.as_str().replace('.', &self.decimal_sign.to_string())
    }

    fn write(&self, pattern: &str, arguments: &[(&'static str, Value)], text: &mut String) {
        let mut rest = pattern;
        while let Some(open) = rest.find('{') {
            text.push_str(&rest[..open]);
            let inside = &rest[open + 1..];
            let parts = parts(inside);
            let (name, variants) = (parts[0], &parts[1..]);
            let value = arguments
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value);
            match value {
                Some(value) if variants.is_empty() => text.push_str(&self.value(value)),
                Some(value) => self.write(self.choose(value, variants), arguments, text),
                None => text.push_str(name),
            }
            let length: usize = parts.iter().map(|part| part.len() + 1).sum();
            rest = &inside[length..];
        }
        text.push_str(rest);
    }

    /// The pattern of the variant for a value.
    fn choose<'a>(&self, value: &Value, variants: &[&'a str]) -> &'a str {
        let exact = match value {
            Value::Text(text) => text,
            Value::Number(number) => number.as_str(),
            Value::Message(_) => "",
        };
        let category = exact.parse().map_or("", |n| self.plural_category(n));
        let keyed = variants
            .iter()
            .filter_map(|variant| variant.split_once('='));
        let mut found = "";
        for wanted in ["*", category, exact] {
            found = keyed
                .clone()
                .find(|(key, _)| *key == wanted)
                .map_or(found, |(_, pattern)| pattern);
        }
        found
    }

    fn plural_category(&self, n: u64) -> &'static str {
        let letters = self
            .table
            .strip_prefix("@plural=")
            .and_then(|rest| rest.lines().next());
        let at = if n < 100 { n } else { 100 + n % 100 } as usize;
        match letters.and_then(|letters| letters.as_bytes().get(at)) {
            Some(b'z') => "zero",
            Some(b'o') => "one",
            Some(b't') => "two",
            Some(b'f') => "few",
            Some(b'm') => "many",
            None if n == 1 => "one",
            _ => "other",
        }
    }
}

/// What stands between the bars of a placeholder, up to its closing brace.
fn parts(inside: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' => {
                parts.push(&inside[from..at]);
                return parts;
            }
            '|' if depth == 0 => {
                parts.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[from..]);
    parts
}
