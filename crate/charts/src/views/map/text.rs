//! What a map shows, in words.

use super::axes::shown;
use super::color::Coloring;
use super::outcome;
use crate::text::{Table, value};
use gradient_flow::map::theory::Field;
use gradient_flow::map::{Plan, State};
use gradient_flow::numeric::format::{number, one_digit, percent, power_of_ten};
use gradient_flow_words::{Message, Number, Value, message};

/// Ratios closer to 1 are called similar.
const SIMILAR: f64 = 2.0;
/// Ratios beyond this are told as powers of ten.
const LARGE: f64 = 1000.0;
/// The most columns and rows of the table.
const MOST: usize = 9;

/// What a cell shows.
pub fn readout(plan: &Plan, index: usize) -> Vec<Message> {
    let (column, row) = plan.place(index);
    let named = |outcome: Message| {
        message!(
            "map-readout",
            x = plan.x.field().label(),
            ax = shown(&plan.x, column),
            y = plan.y.field().label(),
            ay = shown(&plan.y, row),
            outcome = outcome
        )
    };
    let Some(cell) = plan.cell(index) else {
        return vec![named(match plan.states().get(index) {
            Some(State::Refused) => message!("map-readout-refused"),
            _ => message!("map-readout-open"),
        })];
    };
    let mut said = vec![named(outcome(cell).name())];
    if !cell.overflow.is_nan() {
        said.push(message!(
            "map-readout-overflow",
            step = cell.overflow as u64
        ));
    } else if cell.accuracy.is_nan() {
        said.push(message!(
            "map-readout-loss",
            loss = number(cell.loss),
            guess = number(cell.guess_loss),
            steps = cell.steps
        ));
    } else {
        said.push(message!(
            "map-readout-accuracy",
            accuracy = percent(cell.accuracy),
            guess = percent(cell.guess_accuracy),
            loss = number(cell.loss),
            steps = cell.steps
        ));
    }
    said.extend(ratio(cell.dw_start));
    if matches!(plan.states()[index], State::Inferred(_)) {
        said.push(message!("map-readout-inferred"));
    }
    said
}

/// What a cell shows, in a few words.
pub fn brief(plan: &Plan, index: usize) -> Message {
    let (column, row) = plan.place(index);
    let (x, y) = (plan.x.field().label(), plan.y.field().label());
    let (ax, ay) = (shown(&plan.x, column), shown(&plan.y, row));
    let Some(cell) = plan.cell(index) else {
        let outcome = match plan.states().get(index) {
            Some(State::Refused) => message!("map-readout-refused"),
            _ => message!("map-readout-open"),
        };
        return message!(
            "map-brief-open",
            x = x,
            ax = ax,
            y = y,
            ay = ay,
            outcome = outcome
        );
    };
    let result: Value = if cell.accuracy.is_nan() {
        message!("map-result-loss", loss = number(cell.loss)).into()
    } else {
        percent(cell.accuracy).into()
    };
    let outcome = outcome(cell).name();
    message!(
        "map-brief",
        x = x,
        ax = ax,
        y = y,
        ay = ay,
        outcome = outcome,
        result = result
    )
}

/// What stands behind the map.
pub fn details(theory: Option<&Field>) -> Vec<Message> {
    let mut details = vec![message!("map-details-learns")];
    match theory {
        Some(theory) if theory.critical().is_empty() => {
            details.push(message!("map-details-no-theory"));
        }
        Some(_) => details.push(message!("map-details-theory")),
        None => {}
    }
    details.push(message!("map-details-rule"));
    details
}

/// How the first layer's dW compares with the last hidden layer's.
fn ratio(ratio: f64) -> Option<Message> {
    let times = |times: f64| -> Number {
        if times >= LARGE {
            power_of_ten(times)
        } else if times >= 10.0 {
            number(one_digit(times))
        } else {
            number(times)
        }
    };
    if ratio.is_nan() {
        None
    } else if ratio == 0.0 {
        Some(message!("map-readout-zero"))
    } else if ratio > SIMILAR {
        Some(message!("map-readout-larger", times = times(ratio)))
    } else if ratio < 1.0 / SIMILAR {
        Some(message!("map-readout-smaller", times = times(1.0 / ratio)))
    } else {
        Some(message!("map-readout-level"))
    }
}

/// What the map shows so far.
pub fn note(plan: &Plan, is_here: bool) -> Vec<Message> {
    let cells = (0..plan.states().len()).filter_map(|index| plan.cell(index));
    let (all, learn) = cells.fold((0usize, 0usize), |(all, learn), cell| {
        (all + 1, learn + usize::from(cell.learns()))
    });
    if all == 0 {
        return vec![message!("map-note-nothing")];
    }
    let mut note = vec![message!(
        "map-note",
        share = percent(learn as f64 / all as f64),
        steps = plan.steps
    )];
    if !is_here {
        note.push(message!("map-note-other"));
    }
    note
}

/// At most so many places, evenly spread, the ends among them.
fn spread(count: usize) -> Vec<usize> {
    if count <= MOST {
        return (0..count).collect();
    }
    (0..MOST)
        .map(|place| place * (count - 1) / (MOST - 1))
        .collect()
}

/// Some cells of the map: rows of y from the top, columns of x.
pub fn table(plan: &Plan, coloring: Coloring) -> Table {
    let mut table = Table::new([message!(
        "map-column",
        y = plan.y.field().label(),
        x = plan.x.field().label()
    )]);
    let columns = spread(plan.x.count());
    table
        .columns
        .extend(columns.iter().map(|place| shown(&plan.x, *place)));
    for row in spread(plan.y.count()).into_iter().rev() {
        let entry = |column: &usize| {
            let Some(cell) = plan.cell(plan.index(*column, row)) else {
                return Value::default();
            };
            match coloring {
                Coloring::Verdict => outcome(cell).name().into(),
                Coloring::Ratio => value(cell.dw_start),
                Coloring::Accuracy if !cell.accuracy.is_nan() => percent(cell.accuracy).into(),
                Coloring::Accuracy | Coloring::Loss => value(cell.loss),
            }
        };
        let cells = columns.iter().map(entry);
        table
            .rows
            .push(std::iter::once(shown(&plan.y, row)).chain(cells).collect());
    }
    table
}
