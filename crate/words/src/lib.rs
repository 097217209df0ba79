//! What the laboratory says, in several languages.
//!
//! The folders beside this crate's sources hold the message files, one folder a language, in Project Fluent's format.
//! They are checked and become tables when this crate is built (`compile.rs` says how). Code names a [`Message`] with its
//! arguments; [`Words`] turns it into text at the last moment, where it is known who reads it.
//!
//! ```
//! use gradient_flow_words::{Number, Words, message};
//!
//! let message = message!("allowed-integer", min = 1, max = Number::new("2.5"));
//! assert_eq!(Words::english().say(&message), "a whole number from 1 to 2.5");
//! assert_eq!(Words::of("de").unwrap().say(&message), "eine ganze Zahl von 1 bis 2,5");
//! ```

#[cfg(test)]
mod compile;
mod table;

use std::borrow::Cow;
use std::fmt;

pub use table::Words;

/// A language of the message files.
#[derive(Debug)]
pub struct Language {
    /// Its BCP 47 tag.
    pub tag: &'static str,
    /// Whether its translation is not whole yet.
    pub is_draft: bool,
    /// Its messages.
    pub table: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// A number as it is written, with a point before its decimals. Languages put their own sign in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number(Cow<'static, str>);

impl Number {
    /// A number from its text.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Number(text.into())
    }

    /// The text, with a point before its decimals.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<&str> for Number {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// What stands for an argument of a message, or alone in a place for short text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A name or symbol, the same in every language.
    Text(Cow<'static, str>),
    /// A number.
    Number(Number),
    /// Another message: the name of a setting or of a choice. Sentences are never joined this way.
    Message(Box<Message>),
}

impl Default for Value {
    fn default() -> Self {
        Value::Text("".into())
    }
}

impl Value {
    /// Whether it is the empty text.
    pub fn is_empty(&self) -> bool {
        matches!(self, Value::Text(text) if text.is_empty())
    }
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Value::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text.into())
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Value::Number(number)
    }
}

impl From<Message> for Value {
    #[inline(never)]
    fn from(message: Message) -> Self {
        Value::Message(message.into())
    }
}

macro_rules! from_numbers {
    ($($type:ty),+) => {$(
        impl From<$type> for Value {
            #[inline(never)]
            fn from(number: $type) -> Self {
                Value::Number(Number::new(number.to_string()))
            }
        }
    )+};
}
from_numbers!(u64, usize, u32, i32, f64, f32);

/// The most characters of a refused value that a message repeats.
const MOST_SHOWN: usize = 80;

/// A text as a message repeats it: not all of a long one, and in quotes what nobody could see. (In JavaScript: `excerpt`
/// of `www/shared/arguments.js`.)
pub fn excerpt(text: &str) -> String {
    let end = text.char_indices().nth(MOST_SHOWN).map(|(end, _)| end);
    let short = match end {
        Some(end) => format!("{}…", &text[..end]),
        None => text.to_string(),
    };
    if short.is_empty() || short.trim() != short {
        format!("\"{short}\"")
    } else {
        short
    }
}

/// A message with its arguments. Made by [`message!`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its place in [`MESSAGES`], which takes less room in the download than its id.
    pub index: u16,
    /// Its arguments by name.
    pub arguments: Vec<(&'static str, Value)>,
}

impl Message {
    /// A message without arguments, by its place as [`index_of`] finds it.
    pub const fn new(index: u16) -> Self {
        Message {
            index,
            arguments: Vec::new(),
        }
    }

    /// Its id in the message files.
    pub fn id(&self) -> &'static str {
        MESSAGES[usize::from(self.index)].0
    }

    /// Adds an argument. Not inlined: messages are made in some hundred places.
    #[inline(never)]
    pub fn add(&mut self, name: &'static str, value: Value) {
        self.arguments.push((name, value));
    }
}

/// In English, where English is (not in wasm): for logs and tests. Readers get it from [`Words::say`].
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&Words::english().say(self))
    }
}

/// Where the message files have a message with this id and exactly these arguments, in any order.
pub const fn find(id: &str, arguments: &[&str]) -> Option<u16> {
    let (mut low, mut high) = (0, MESSAGES.len());
    while low < high {
        let middle = (low + high) / 2;
        let (known, _, parameters) = MESSAGES[middle];
        match compare(known, id) {
            0 if has_all(parameters, arguments) && has_all(arguments, parameters) => {
                return Some(middle as u16);
            }
            0 => return None,
            1 => high = middle,
            _ => low = middle + 1,
        }
    }
    None
}

/// The place of a message in [`MESSAGES`].
///
/// # Panics
/// If no message file has this id with these arguments; in a constant that is an error of the compiler.
pub const fn index_of(id: &str, arguments: &[&str]) -> u16 {
    match find(id, arguments) {
        Some(index) => index,
        None => panic!("no message file has this id with these arguments"),
    }
}

const fn has_all(some: &[&str], all: &[&str]) -> bool {
    let mut i = 0;
    while i < some.len() {
        let mut k = 0;
        while k < all.len() && compare(some[i], all[k]) != 0 {
            k += 1;
        }
        if k == all.len() {
            return false;
        }
        i += 1;
    }
    true
}

/// -1, 0 or 1: whether the first text comes before the second one.
const fn compare(first: &str, second: &str) -> i32 {
    let (first, second) = (first.as_bytes(), second.as_bytes());
    let mut i = 0;
    while i < first.len() && i < second.len() {
        if first[i] != second[i] {
            return if first[i] < second[i] { -1 } else { 1 };
        }
        i += 1;
    }
    if first.len() == second.len() {
        0
    } else if first.len() < second.len() {
        -1
    } else {
        1
    }
}

/// A [`Message`]: `message!("id", name = value, ...)`. That the message files have it, with these arguments, is checked
/// when it is compiled.
#[macro_export]
macro_rules! message {
    ($id:expr $(, $name:ident = $value:expr)* $(,)?) => {{
        #[allow(unused_mut)]
        let mut message = $crate::Message::new(const { $crate::index_of($id, &[$(stringify!($name)),*]) });
        $( message.add(stringify!($name), $crate::Value::from($value)); )*
        message
    }};
}

#[cfg(test)]
mod tests;
