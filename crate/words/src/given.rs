//! How a sentence repeats what somebody has given.

/// The most characters that are repeated.
const LONGEST: usize = 80;

/// Whether a character is unseen, or changes the order in which others are read.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || c.is_control()
}

/// A text that was given, so that one can see in a sentence what it is: short, and in quotes if it is empty, begins or
/// ends with a space, or has characters that nobody sees. `given` of `www/shared/problems.js` does the same.
///
/// ```
/// use gradient_flow_words::given;
///
/// assert_eq!(given("0.5"), "0.5");
/// assert_eq!(given(""), "\"\"");
/// assert_eq!(given("5\u{202e} "), "\"5\\u{202e} \"");
/// ```
pub fn given(text: &str) -> String {
    let mut shown = String::new();
    for (place, c) in text.chars().enumerate() {
        if place == LONGEST {
            shown.push('…');
            break;
        }
        if is_unseen(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    if text.is_empty() || text.trim() != text || text.chars().any(is_unseen) {
        format!("\"{shown}\"")
    } else {
        shown
    }
}
