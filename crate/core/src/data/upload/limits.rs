//! The limits of an uploaded table, and how a table or option is refused.

use crate::config::ConfigError;
use crate::data::DataError;
use gradient_flow_words::{Message, message};

/// Largest size in bytes.
pub(super) const MAX_BYTES: usize = 8_000_000;
/// Largest number of rows, not counting the header.
pub(super) const MAX_ROWS: usize = 20_000;
/// Largest number of columns.
pub(super) const MAX_COLUMNS: usize = 500;
/// Largest number of classes.
pub(super) const MAX_CLASSES: usize = 20;
/// Largest absolute value of a number, so that sums of squares stay finite.
pub(super) const MAX_NUMBER: f64 = 1e100;

/// The error for a value that is not allowed.
pub(super) fn refused(field: &str, value: String, allowed: Message) -> DataError {
    DataError::Config(ConfigError {
        field: field.into(),
        value,
        allowed,
    })
}

/// Checks that `found` does not exceed `max`.
///
/// # Errors
/// A refusal that names the quantity. One that is counted up (and so found as `max` + 1) is called "more than `max`".
pub(super) fn check_limit(quantity: &str, found: usize, max: usize) -> Result<(), DataError> {
    if found <= max {
        Ok(())
    } else {
        let found = if found == max + 1 {
            format!("> {max}")
        } else {
            found.to_string()
        };
        Err(refused(
            quantity,
            found,
            message!("allowed-at-most", max = max),
        ))
    }
}
