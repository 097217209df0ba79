//! Which cells of a map are measured, in what order: coarse first, refined where neighbours differ.

use super::axis::{Axis, RangeError};
use super::cell::Cell;
use super::request::Request;
use crate::config::Config;

/// Neighbours differ if they lie so far apart on the way from guessing to no error.
const APART: f64 = 0.1;
/// An axis with so many values begins with every second one, with twice as many with every fourth, and so on.
const LEAST_LINES: usize = 8;
/// The widest gap at first.
const WIDEST: usize = 8;
/// The part of the next levels' cells that is expected to be measured, before there is a level to learn from.
const EXPECTED_SHARE: f64 = 0.5;

/// What is known of a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum State {
    /// Nothing yet.
    Unknown,
    /// It was measured.
    Measured(Cell),
    /// Its neighbours are alike, so it was not measured: it is shown like this cell.
    Inferred(usize),
    /// The settings contradict each other, or the network is too large.
    Refused,
}

/// The plan of a map with what was measured so far.
pub struct Plan {
    config: Config,
    /// From left to right.
    pub x: Axis,
    /// From bottom to top.
    pub y: Axis,
    /// The steps of each run.
    pub steps: u64,
    states: Vec<State>,
    /// Every so many values of x and y are on the present level.
    stride: (usize, usize),
    /// The cells to measure at this level, and the place of the next one.
    level: Vec<usize>,
    next: usize,
    /// Cells that were handed out and given back.
    returned: Vec<usize>,
    /// The cells of this level that are not recorded yet.
    left: usize,
    /// What came of the candidates of the last refinement: measured and all.
    refined: (usize, usize),
    measured: usize,
}

/// The gap between the first lines of an axis.
fn first_stride(axis: &Axis) -> usize {
    // Names have no neighbours.
    if axis.range.is_choice() {
        return 1;
    }
    let mut stride = 1;
    while stride < WIDEST && axis.count() >= 2 * stride * LEAST_LINES {
        stride *= 2;
    }
    stride
}

/// The lines of an axis: every so many values, and the last one.
fn is_line(place: usize, stride: usize, axis: &Axis) -> bool {
    place.is_multiple_of(stride) || place + 1 == axis.count()
}

/// The lines on both sides of a place.
fn lines_around(place: usize, stride: usize, axis: &Axis) -> [usize; 2] {
    if is_line(place, stride, axis) {
        return [place, place];
    }
    let below = place / stride * stride;
    [below, (below + stride).min(axis.count() - 1)]
}

impl Plan {
    /// The plan for a config, whose other settings stay.
    ///
    /// # Errors
    /// If both axes vary the same setting.
    pub fn new(config: &Config, request: &Request) -> Result<Self, RangeError> {
        let Request { x, y, .. } = request;
        if x.field.name == y.field.name {
            return Err(RangeError::Twice(x.field.name.into()));
        }
        let x = Axis::new(x.clone(), request.columns);
        let y = Axis::new(y.clone(), request.rows);
        let mut plan = Plan {
            config: config.clone(),
            states: vec![State::Unknown; x.count() * y.count()],
            stride: (first_stride(&x), first_stride(&y)),
            x,
            y,
            steps: request.steps.max(1),
            level: Vec::new(),
            next: 0,
            returned: Vec::new(),
            left: 0,
            refined: (0, 0),
            measured: 0,
        };
        let first = plan.lines();
        plan.begin_level(first);
        plan.refine_when_done();
        Ok(plan)
    }

    /// The config whose settings are varied.
    pub fn base(&self) -> &Config {
        &self.config
    }

    /// The numbers of columns and rows.
    pub fn size(&self) -> (usize, usize) {
        (self.x.count(), self.y.count())
    }

    /// The place of a cell in the lists.
    pub fn index(&self, column: usize, row: usize) -> usize {
        row * self.x.count() + column
    }

    /// The column and the row of a cell.
    pub fn place(&self, index: usize) -> (usize, usize) {
        (index % self.x.count(), index / self.x.count())
    }

    /// The config of a cell; None if its settings contradict each other.
    pub fn config(&self, index: usize) -> Option<Config> {
        let (column, row) = self.place(index);
        let mut config = self.config.clone();
        for (axis, place) in [(&self.x, column), (&self.y, row)] {
            config
                .set(axis.field().name, axis.values.get(place)?)
                .ok()?;
        }
        config.check().is_ok().then_some(config)
    }

    /// What is known of each cell, row by row from the bottom.
    pub fn states(&self) -> &[State] {
        &self.states
    }

    /// The run that a cell shows: its own, or that of the neighbour which it is like.
    pub fn cell(&self, index: usize) -> Option<&Cell> {
        match self.states.get(index)? {
            State::Measured(cell) => Some(cell),
            State::Inferred(of) => match &self.states[*of] {
                State::Measured(cell) => Some(cell),
                _ => None,
            },
            State::Unknown | State::Refused => None,
        }
    }

    /// The nearest measured cell of a coarser level, for a picture of what is not known yet.
    pub fn neighbourhood(&self, index: usize) -> Option<usize> {
        let (column, row) = self.place(index);
        let near = |place: usize, stride: usize, count: usize| {
            ((place + stride / 2) / stride * stride).min(count - 1)
        };
        let gaps = [1, 2, 4, WIDEST].map(|stride| {
            let (x, y) = (
                stride.min(first_stride(&self.x)),
                stride.min(first_stride(&self.y)),
            );
            self.index(
                near(column, x, self.x.count()),
                near(row, y, self.y.count()),
            )
        });
        gaps.into_iter().find(|near| self.cell(*near).is_some())
    }

    /// The next cell to measure. None if all cells of the level are handed out: then more may come when they are
    /// recorded, unless the plan [is done](Self::is_done).
    #[expect(
        clippy::should_implement_trait,
        reason = "after None there may be more"
    )]
    pub fn next(&mut self) -> Option<usize> {
        if let Some(index) = self.returned.pop() {
            return Some(index);
        }
        let index = *self.level.get(self.next)?;
        self.next += 1;
        Some(index)
    }

    /// Gives a cell back that was handed out, and is not measured: its worker has died, or is to pause.
    pub fn give_back(&mut self, index: usize) {
        self.returned.push(index);
    }

    /// Records what a cell has reached; None if it is refused.
    pub fn record(&mut self, index: usize, cell: Option<Cell>) {
        if self.states.get(index) != Some(&State::Unknown) {
            return;
        }
        self.states[index] = cell.map_or(State::Refused, State::Measured);
        self.measured += usize::from(cell.is_some());
        self.left -= 1;
        self.refine_when_done();
    }

    /// Whether every cell is known.
    pub fn is_done(&self) -> bool {
        self.left == 0 && self.stride == (1, 1)
    }

    /// How many runs were made, and how many it will be, as far as one can tell.
    pub fn progress(&self) -> (usize, usize) {
        if self.is_done() {
            return (self.measured, self.measured);
        }
        let (measured, all) = self.refined;
        let share = if all > 0 {
            measured as f64 / all as f64
        } else {
            EXPECTED_SHARE
        };
        let known = self.states.iter().filter(|s| **s != State::Unknown).count();
        let open = self.states.len() - known - self.left;
        let more = (share * open as f64).round() as usize;
        (self.measured, self.measured + self.left + more)
    }

    /// What is still to do, in units of one layer's step: deep and wide networks take longer. The present level's part is
    /// exact, what is yet to be refined an estimate.
    pub fn work_left(&self) -> f64 {
        let open = |index: &&usize| self.states[**index] == State::Unknown;
        let (level, all): (f64, f64) = (
            self.level
                .iter()
                .filter(open)
                .map(|index| self.work(*index))
                .sum(),
            (0..self.states.len())
                .filter(|index| self.states[*index] == State::Unknown)
                .map(|index| self.work(index))
                .sum(),
        );
        let (measured, expected) = self.progress();
        let cells = self.states.iter().filter(|s| **s == State::Unknown).count();
        let later = (expected - measured - self.left) as f64 / (cells - self.left).max(1) as f64;
        level + later * (all - level)
    }

    /// The work of a cell.
    pub fn work(&self, index: usize) -> f64 {
        let (column, row) = self.place(index);
        let value = |name: &str, default: usize| {
            let axes = [(&self.x, column), (&self.y, row)];
            let own = axes.into_iter().find(|(axis, _)| axis.field().name == name);
            let text = own.and_then(|(axis, place)| axis.values.get(place));
            text.and_then(|text| text.parse().ok()).unwrap_or(default) as f64
        };
        let width = value("width", self.config.width);
        // The first layer and what does not depend on the network count like two layers more.
        (value("depth", self.config.depth) + 2.0) * width * (width + 8.0)
    }

    /// The unknown cells on the lines of this level.
    fn lines(&self) -> Vec<usize> {
        let is_on = |index: &usize| {
            let (column, row) = self.place(*index);
            self.states[*index] == State::Unknown
                && is_line(column, self.stride.0, &self.x)
                && is_line(row, self.stride.1, &self.y)
        };
        (0..self.states.len()).filter(is_on).collect()
    }

    fn begin_level(&mut self, cells: Vec<usize>) {
        let (refused, mut open): (Vec<_>, Vec<_>) = cells
            .into_iter()
            .partition(|index| self.config(*index).is_none());
        // A level ends with its shortest runs: no worker waits long for the last one of another.
        open.sort_by(|a, b| self.work(*b).total_cmp(&self.work(*a)));
        for index in refused {
            self.states[index] = State::Refused;
        }
        self.left = open.len();
        (self.level, self.next) = (open, 0);
    }

    /// Goes on to the next levels while there is nothing to measure in this one.
    fn refine_when_done(&mut self) {
        while self.left == 0 && self.stride != (1, 1) {
            let old = self.stride;
            self.stride = (old.0.div_ceil(2), old.1.div_ceil(2));
            let candidates = self.lines();
            let count = candidates.len();
            let mut open = Vec::new();
            // All are judged by the level before, not by each other.
            let mut alike = Vec::new();
            for index in candidates {
                match self.like(index, old) {
                    Some(of) => alike.push((index, of)),
                    None => open.push(index),
                }
            }
            for (index, of) in alike {
                self.states[index] = State::Inferred(of);
            }
            self.refined = (open.len(), count);
            self.begin_level(open);
        }
    }

    /// The measured cell that a cell is like, if all around it at the level before are alike.
    fn like(&self, index: usize, stride: (usize, usize)) -> Option<usize> {
        let (column, row) = self.place(index);
        let columns = lines_around(column, stride.0, &self.x);
        let rows = lines_around(row, stride.1, &self.y);
        let corners = rows.map(|row| columns.map(|column| self.index(column, row)));
        let corners = corners.as_flattened();
        let cells: Option<Vec<&Cell>> = corners.iter().map(|at| self.cell(*at)).collect();
        let cells = cells?;
        let differs =
            |a: &Cell, b: &Cell| a.kind != b.kind || (a.progress() - b.progress()).abs() > APART;
        if cells.iter().any(|a| cells.iter().any(|b| differs(a, b))) {
            return None;
        }
        // The nearest corner; the first of equally near ones.
        let distance = |at: &usize| {
            let (c, r) = self.place(*at);
            c.abs_diff(column) + r.abs_diff(row)
        };
        let nearest = *corners.iter().min_by_key(|at| distance(at))?;
        Some(match self.states[nearest] {
            State::Inferred(of) => of,
            _ => nearest,
        })
    }
}
