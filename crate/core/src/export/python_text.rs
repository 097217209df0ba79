//! Text of Python: a template's lines, values, and bytes.

use serde_json::Value;
use std::fmt::Display;

/// Bytes per line of base64, which are 120 characters.
const LINE_BYTES: usize = 90;

/// The text of a template: without the lines whose condition does not hold, and with values in place of their names.
pub fn render(
    template: &str,
    conditions: &[(&str, bool)],
    values: &[(&str, &dyn Display)],
) -> String {
    let mut text = String::new();
    for line in template.lines() {
        let (line, condition) = line.rsplit_once('?').unwrap_or((line, ""));
        if !condition.is_empty() && !conditions.contains(&(condition.trim(), true)) {
            continue;
        }
        let mut parts = line.trim_end_matches([' ', '#']).split('$');
        text += parts.next().unwrap_or_default();
        for part in parts {
            let of_name = |c: char| c.is_ascii_lowercase() || c == '_';
            let rest = part.trim_start_matches(of_name);
            let name = &part[..part.len() - rest.len()];
            for (known, value) in values {
                if *known == name {
                    text += &value.to_string();
                }
            }
            text += rest;
        }
        text += "\n";
    }
    text
}

/// A JSON value as Python writes it. A string of JSON is one of Python.
pub fn python(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Number(_) | Value::String(_) => value.to_string(),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(python).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Object(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), python(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// Appends the definition of a Python string: bytes as base64 (RFC 4648, sec. 4), in lines.
pub fn push_base64(text: &mut String, name: &str, bytes: &[u8]) {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    text.reserve(bytes.len() * 4 / 3 + bytes.len() / LINE_BYTES + 80);
    text.push_str(name);
    text.push_str(" = \"\"\"");
    for line in bytes.chunks(LINE_BYTES) {
        text.push('\n');
        for group in line.chunks(3) {
            let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            for character in 0..4 {
                let index = (bits >> (18 - 6 * character) & 63) as usize;
                text.push(if character <= group.len() {
                    ALPHABET[index].into()
                } else {
                    '='
                });
            }
        }
    }
    text.push_str("\n\"\"\"\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_agrees_with_the_standard() {
        // The test vectors of RFC 4648, sec. 10.
        for (bytes, encoded) in [
            ("foobar", "Zm9vYmFy"),
            ("fooba", "Zm9vYmE="),
            ("foob", "Zm9vYg=="),
        ] {
            let mut text = String::new();
            push_base64(&mut text, "A", bytes.as_bytes());
            assert_eq!(text, format!("A = \"\"\"\n{encoded}\n\"\"\"\n"));
        }
    }
}
