//! Whether the cells of a column are numbers, or yes and no.

use super::numbers::{Quantity, multiplier, quantity};
use std::collections::BTreeMap;

/// Words that mean no and yes, in lower case.
const FLAGS: [[&str; 2]; 9] = [
    ["no", "yes"],
    ["n", "y"],
    ["false", "true"],
    ["f", "t"],
    ["nein", "ja"],
    ["n", "j"],
    ["falsch", "wahr"],
    ["off", "on"],
    ["-", "+"],
];
/// Whether all that is no number is one word, among numbers that are no categories: `unknown` means that there is none.
pub(super) fn is_code(
    cells: &[&str],
    is_present: &dyn Fn(&str) -> bool,
    found: &[Option<f64>],
) -> bool {
    const FEWEST: usize = 10;
    let mut others = cells
        .iter()
        .zip(found)
        .filter(|(cell, number)| number.is_none() && is_present(cell));
    let Some((word, _)) = others.next() else {
        return false;
    };
    let mut numbers: Vec<f64> = found.iter().flatten().copied().collect();
    let is_most = 2 * numbers.len() > cells.len();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    is_most && numbers.len() > FEWEST && others.all(|(other, _)| other == word)
}

/// The cells as numbers, with units if they share one, or times a thousand and more if that stands behind them.
pub(super) fn numbers(
    cells: &[&str],
    is_present: &dyn Fn(&str) -> bool,
    decimal: u8,
) -> Vec<Option<f64>> {
    const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];
    let found: Vec<Option<Quantity>> = cells
        .iter()
        .map(|cell| {
            if is_present(cell) {
                quantity(cell, decimal)
            } else {
                None
            }
        })
        .collect();
    let mut units: BTreeMap<&str, usize> = BTreeMap::new();
    for quantity in found.iter().flatten() {
        *units.entry(quantity.unit).or_default() += 1;
    }
    let named = || units.keys().filter(|unit| !unit.is_empty());
    let multiplies = named().any(|unit| *unit != "m")
        && named().all(|unit| multiplier(unit).is_some())
        && units.len() > 1;
    let counts = named().all(|unit| ORDINALS.contains(unit));
    let usual = units
        .iter()
        .filter(|(unit, _)| !unit.is_empty())
        .max_by_key(|(_, count)| **count)
        .map(|(unit, _)| *unit);
    let value = |quantity: Quantity| {
        if multiplies {
            multiplier(quantity.unit).map(|factor| quantity.value * factor)
        } else {
            let fits = counts || quantity.unit.is_empty() || Some(quantity.unit) == usual;
            fits.then_some(quantity.value)
        }
    };
    found
        .into_iter()
        .map(|quantity| quantity.and_then(value))
        .collect()
}

/// The words for no and yes of a column that has nothing else. If it was `chosen`, any two words.
pub(super) fn flag_words<'a>(
    cells: impl Iterator<Item = &'a str>,
    chosen: bool,
) -> Option<[&'a str; 2]> {
    let mut words: Vec<&str> = Vec::new();
    for cell in cells {
        if !words
            .iter()
            .any(|word| word.to_lowercase() == cell.to_lowercase())
        {
            words.push(cell);
            if words.len() > 2 && !chosen {
                return None;
            }
        }
    }
    let [first, second] = *words.get(..2)? else {
        return None;
    };
    let is = |word: &str, flag: &str| word.to_lowercase() == flag;
    for [no, yes] in FLAGS {
        if is(first, no) && is(second, yes) {
            return Some([first, second]);
        }
        if is(first, yes) && is(second, no) {
            return Some([second, first]);
        }
    }
    chosen.then_some([first, second])
}
