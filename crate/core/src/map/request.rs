//! What a map is asked to show, as a link has it: `init-gain:0.1..10,depth:1..50,cells:33x25,steps:100`.

use super::axis::{Range, RangeError};
use crate::numeric::decimal::decimal;
use gradient_flow_words::{Message, message};
use std::fmt;

/// The usual number of columns and rows.
const USUAL_CELLS: (usize, usize) = (33, 25);
/// The most columns and rows in a page.
const MOST_CELLS: usize = 129;
/// The usual number of steps.
const USUAL_STEPS: u64 = 100;
/// The most steps of a run in a page.
const MOST_STEPS: u64 = 5000;

/// What is asked for: two ranges, the numbers of values, and the length of the runs.
#[derive(Clone)]
pub struct Request {
    /// From left to right.
    pub x: Range,
    /// From bottom to top.
    pub y: Range,
    /// At most so many values from left to right.
    pub columns: usize,
    /// At most so many values from bottom to top.
    pub rows: usize,
    /// The steps of each run.
    pub steps: u64,
}

impl Default for Request {
    /// Gain and depth, by which the theory of deep networks is told.
    fn default() -> Self {
        let usual = |name| Range::usual(name).expect("a setting that makes an axis");
        Request {
            x: usual("init_gain"),
            y: usual("depth"),
            columns: USUAL_CELLS.0,
            rows: USUAL_CELLS.1,
            steps: USUAL_STEPS,
        }
    }
}

impl Request {
    /// Reads what a link has. What it leaves out is as usual; the axes come in order, x first.
    ///
    /// ```
    /// use gradient_flow::map::Request;
    ///
    /// let request = Request::parse("activation:tanh,relu,depth:1..20,steps:200")?;
    /// assert_eq!(request.to_string(), "activation:tanh,relu,depth:1..20,cells:33x25,steps:200");
    /// # Ok::<(), gradient_flow::map::RangeError>(())
    /// ```
    ///
    /// # Errors
    /// If an axis is refused, or a number does not fit.
    pub fn parse(text: &str) -> Result<Self, RangeError> {
        let mut request = Request::default();
        let mut axes: Vec<String> = Vec::new();
        for part in text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (name, value) = part.split_once(':').unwrap_or((part, ""));
            let refused = |allowed: Message, example: String| RangeError::Values {
                name: name.into(),
                text: value.into(),
                allowed,
                example,
            };
            match name {
                "cells" => {
                    let pair = value.split_once('x').and_then(|(columns, rows)| {
                        let count = |text| whole(text, 2, MOST_CELLS as u64).map(|n| n as usize);
                        Some((count(columns)?, count(rows)?))
                    });
                    (request.columns, request.rows) = pair.ok_or_else(|| {
                        let allowed = message!("map-allowed-cells", max = MOST_CELLS);
                        refused(allowed, format!("{}x{}", USUAL_CELLS.0, USUAL_CELLS.1))
                    })?;
                }
                "steps" => {
                    let steps = whole(value, 1, MOST_STEPS);
                    request.steps = steps.ok_or_else(|| {
                        let allowed = message!("allowed-integer", min = 1, max = MOST_STEPS);
                        refused(allowed, USUAL_STEPS.to_string())
                    })?;
                }
                // A name after names is one more of them, if the setting has it.
                _ => match axes.last_mut() {
                    Some(last) if !part.contains(':') && continues(last, part) => {
                        last.push(',');
                        last.push_str(part);
                    }
                    _ => axes.push(part.into()),
                },
            }
        }
        if axes.len() > 2 {
            return Err(RangeError::Axes(axes.len(), axes.join(", ")));
        }
        if let Some(x) = axes.first() {
            request.x = Range::parse(x)?;
        }
        if let Some(y) = axes.get(1) {
            request.y = Range::parse(y)?;
        } else if request.x.field.name == request.y.field.name {
            // The other usual axis.
            request.y = Request::default().x;
        }
        if request.x.field.name == request.y.field.name {
            return Err(RangeError::Twice(request.x.field.name.into()));
        }
        Ok(request)
    }
}

/// Whether `name` can be one more of an axis' names.
fn continues(axis: &str, name: &str) -> bool {
    axis.contains(':') && Range::parse(&format!("{axis},{name}")).is_ok()
}

/// A whole number between two others.
fn whole(text: &str, least: u64, most: u64) -> Option<u64> {
    let number = decimal(text).filter(|x| x.fract() == 0.0)?;
    (number >= least as f64 && number <= most as f64).then_some(number as u64)
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Request {
            x,
            y,
            columns,
            rows,
            steps,
        } = self;
        write!(f, "{x},{y},cells:{columns}x{rows},steps:{steps}")
    }
}
