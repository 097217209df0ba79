//! The limits of an uploaded table, and how a table or option is refused.

use crate::config::ConfigError;
use crate::data::DataError;
use gradient_flow_words::{Message, message};

/// Largest size in bytes.
pub(super) const MAX_BYTES: usize = 8_000_000;
/// Largest number of rows that are used; of more, a random sample.
pub(super) const MAX_ROWS: usize = 20_000;
/// Largest number of columns.
pub(super) const MAX_COLUMNS: usize = 500;
/// Largest number of classes.
pub(super) const MAX_CLASSES: usize = 50;
/// Largest number of features that a column of words becomes.
pub(super) const MAX_WORDS: usize = 20;
/// Largest number of rows times features: one-hot features may not take hundreds of megabytes.
pub(super) const MAX_VALUES: usize = 8_000_000;
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
/// A refusal that names the quantity.
pub(super) fn check_limit(quantity: &str, found: usize, max: usize) -> Result<(), DataError> {
    if found <= max {
        return Ok(());
    }
    let allowed = message!("table-allowed-at-most", max = max);
    Err(refused(quantity, found.to_string(), allowed))
}
