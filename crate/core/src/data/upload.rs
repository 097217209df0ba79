//! Tables that a user brings along.
//!
//! How a table is written and what it contains is guessed; the guesses are shown and can be overruled. Every cell that
//! the network would learn from is checked. A table never leaves the browser. It travels from the page to the worker as
//! one text: a line of JSON that says how to read it ([`options`]), then the CSV as it was given.

mod columns;
mod describe;
mod guess;
mod limits;
mod options;
mod samples;

use super::DataError;
use super::table::{self, Row, check_lengths};
use columns::{Column, find, number};
use gradient_flow_words::message;
use limits::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS, check_limit, refused};
use options::{ReadOptions, Task};
use samples::InvalidCell;

/// A table that has been read: its cells, what its columns contain, and what is to be predicted.
///
/// ```
/// use gradient_flow::data::Upload;
/// use gradient_flow_words::Words;
///
/// let upload = Upload::read("{}\nheight,weight,species\n1.5,4,cat\n2.5,9,dog\n")?;
/// let described = upload.describe(&Words::english());
/// assert_eq!(described["columns"][2], "species");
/// assert_eq!((&described["target"], &described["task"]), (&3.into(), &"classes".into()));
/// assert_eq!(upload.samples()?.x.dim(), (2, 2));
///
/// // Options overrule what is guessed; a cell that cannot be used is named by row and column.
/// let upload = Upload::read("{\"target\":\"weight\"}\nheight,weight,species\n1.5,4,cat\n2.5,,dog\n")?;
/// let error = upload.samples().unwrap_err();
/// assert_eq!(error.to_string(), "Row 3, column weight: the value is missing.");
/// # Ok::<(), gradient_flow::data::DataError>(())
/// ```
#[derive(Debug)]
pub struct Upload {
    delimiter: u8,
    header: bool,
    columns: Vec<Column>,
    /// Index of the target column, from 0.
    target: usize,
    task: Task,
    /// Whether rows with invalid cells are left out.
    skip: bool,
    /// The rows below the header.
    rows: Vec<Row>,
    invalid_cells: Vec<InvalidCell>,
}

impl Upload {
    /// Reads a line of JSON with options, followed by a CSV.
    ///
    /// The options are `header` (true or false), `target` and `without` (columns, each a name or a number from 1),
    /// `task` (`classes` or `regression`) and `skip` (leave out rows with missing or invalid cells).
    ///
    /// # Errors
    /// If the text is not a table, exceeds the limits, or an option does not fit the table. Missing and invalid cells
    /// become an error only in [`samples`](Upload::samples).
    pub fn read(text: &str) -> Result<Self, DataError> {
        let (options, text) = text.split_once('\n').unwrap_or((text, ""));
        let options = ReadOptions::from_json(options)?;
        let text = text.trim_start_matches('\u{feff}');
        check_limit("bytes", text.len(), MAX_BYTES)?;
        // Old spreadsheets end a line with a carriage return alone.
        let with_newlines = (!text.contains('\n')).then(|| text.replace('\r', "\n"));
        let text = with_newlines.as_deref().unwrap_or(text);

        let delimiter = guess::delimiter(text);
        let mut rows = table::rows(text, delimiter, usize::MAX)?;
        let Some(first) = rows.first().cloned() else {
            return Err(refused("rows", "0".into(), message!("allowed-rows")));
        };
        check_limit("columns", first.len(), MAX_COLUMNS)?;
        if first.len() < 2 {
            return Err(refused("columns", "1".into(), message!("allowed-columns")));
        }
        check_lengths(&rows)?;
        let header = options
            .header
            .unwrap_or_else(|| !first.cells().any(|cell| number(cell, delimiter).is_some()));
        if header {
            rows.remove(0);
        }
        check_limit("rows", rows.len(), MAX_ROWS)?;
        if rows.len() < 2 {
            return Err(DataError::TooFew(rows.len()));
        }

        let mut columns = Column::of_table(&first, header, &rows, delimiter);
        let target = match &options.target {
            Some(column) => find("target", column, &columns)?,
            None => guess::target(&columns),
        };
        for column in &options.without {
            let index = find("without", column, &columns)?;
            columns[index].is_feature = false;
        }
        for (index, column) in columns.iter_mut().enumerate() {
            column.is_feature &= index != target && !column.is_words(rows.len());
        }
        let task = options.task;
        let task = task.unwrap_or_else(|| guess::task(&rows, target, delimiter));
        let mut upload = Upload {
            delimiter,
            header,
            columns,
            target,
            task,
            skip: options.skip,
            rows,
            invalid_cells: Vec::new(),
        };
        upload.invalid_cells = upload.find_invalid_cells();
        Ok(upload)
    }
}

#[cfg(test)]
mod tests;
