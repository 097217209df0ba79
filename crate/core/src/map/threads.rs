//! Measuring a map natively, with threads.

use super::cell::{Cell, measure, session};
use super::plan::Plan;
use crate::config::Config;
use crate::data::DataError;
use crate::observe::Session;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// A thread that panics ends the whole, because the scope passes its panic on: no other one needs to look.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Measures all cells of a map with so many threads; `table` is the text of the file that
/// [`data_file`](crate::data::data_file) names. `report` is called after each run.
///
/// # Errors
/// If the data are missing or invalid. What was measured by then stays.
pub fn measure_all(
    plan: &mut Plan,
    table: Option<&str>,
    threads: usize,
    report: &(dyn Fn(&Plan) + Sync),
) -> Result<(), DataError> {
    let (plan, level) = (Mutex::new(plan), Condvar::new());
    let failure = Mutex::new(None);
    let work = || {
        let mut last: Option<Session<f32>> = None;
        loop {
            let mut locked = lock(&plan);
            let index = loop {
                if locked.is_done() || lock(&failure).is_some() {
                    return;
                }
                match locked.next() {
                    Some(index) => break index,
                    None => locked = level.wait(locked).unwrap_or_else(PoisonError::into_inner),
                }
            };
            let (config, steps) = (locked.config(index), locked.steps);
            drop(locked);
            let cell = config.map(|config| run(&mut last, config, table, steps));
            match cell.transpose() {
                Ok(cell) => {
                    let mut locked = lock(&plan);
                    locked.record(index, cell);
                    report(&locked);
                }
                Err(error) => {
                    *lock(&failure) = Some(error);
                }
            }
            level.notify_all();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(work);
        }
    });
    let failure = failure.into_inner().unwrap_or_else(PoisonError::into_inner);
    failure.map_or(Ok(()), Err)
}

fn run(
    last: &mut Option<Session<f32>>,
    config: Config,
    table: Option<&str>,
    steps: u64,
) -> Result<Cell, DataError> {
    let mut next = session(last.take(), config, table)?;
    let cell = measure(&mut next, steps);
    *last = Some(next);
    Ok(cell)
}
