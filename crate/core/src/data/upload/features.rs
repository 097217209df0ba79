//! From a table to samples: which rows are used, what its columns become, and the target.

use super::Upload;
use super::columns::{Column, Kind, LeftOut};
use super::limits::{MAX_CLASSES, MAX_VALUES, MAX_WORDS, check_limit, refused};
use super::options::Task;
use crate::data::{DataError, Labels, Samples};
use crate::numeric::random::{Random, Stream};
use gradient_flow_words::message;
use ndarray::Array2;
use std::f64::consts::TAU;

/// Share of missing cells, in percent, from which a feature says which they were.
const FLAGGED: usize = 5;
/// Days after which a position in the year or the day comes again.
const YEARS: f64 = 550.0;
const DAYS: f64 = 2.0;

/// One feature of a column.
#[derive(Debug, Clone)]
pub(super) enum Feature {
    /// Its value.
    Value,
    /// Whether it is missing.
    IsMissing,
    /// Whether its word is this one, by its place.
    Is(usize),
    /// Whether its word is none of those that are features by themselves.
    IsOther,
    /// Where in the year or the day it lies: its sine and cosine.
    OfYear(fn(f64) -> f64),
    OfDay(fn(f64) -> f64),
}

/// The features of a column among the rows that are used, in order. `fills` tells whether missing cells are kept.
pub(super) fn features(column: &Column, fills: bool) -> Vec<Feature> {
    let rows = column.values.len();
    let missing = if fills { rows - column.count() } else { 0 };
    let mut features = Vec::new();
    match column.kind {
        Kind::Words if column.words.len() <= 2 && missing == 0 => features.push(Feature::Is(1)),
        Kind::Words => {
            let mut counts = vec![0_usize; column.words.len()];
            for value in column.values.iter().filter(|value| !value.is_nan()) {
                counts[*value as usize] += 1;
            }
            let mut common: Vec<usize> = (0..counts.len()).collect();
            let has_others = common.len() + usize::from(missing > 0) > MAX_WORDS;
            if has_others {
                common.sort_by_key(|place| usize::MAX - counts[*place]);
                common.truncate(MAX_WORDS - 1 - usize::from(missing > 0));
            }
            features.extend(common.into_iter().map(Feature::Is));
            if has_others {
                features.push(Feature::IsOther);
            }
            if missing > 0 {
                features.push(Feature::IsMissing);
            }
            return features;
        }
        Kind::Time => {
            let values = column.sorted();
            let range = values
                .last()
                .zip(values.first())
                .map_or(0.0, |(last, first)| last - first);
            let time = column.time.as_ref();
            let (has_date, has_clock) =
                time.map_or((true, false), |time| (time.has_date, time.has_clock));
            features.push(Feature::Value);
            if has_date && range >= YEARS {
                features.extend([Feature::OfYear(libm::sin), Feature::OfYear(libm::cos)]);
            }
            if has_clock && (!has_date || range >= DAYS) {
                features.extend([Feature::OfDay(libm::sin), Feature::OfDay(libm::cos)]);
            }
        }
        Kind::Number | Kind::Flag | Kind::Constant | Kind::Empty | Kind::RowNumber => {
            features.push(Feature::Value)
        }
    }
    if missing * 100 > FLAGGED * rows {
        features.push(Feature::IsMissing);
    }
    features
}

impl Feature {
    /// The feature of a cell with such a value; NaN where it is to be filled.
    fn of(&self, column: &Column, value: f64, common: &[bool]) -> f64 {
        let flag = |is: bool| if is { 1.0 } else { 0.0 };
        match self {
            Feature::Value => value,
            Feature::IsMissing => flag(value.is_nan()),
            Feature::Is(place) => flag(value == *place as f64),
            Feature::IsOther => flag(!value.is_nan() && !common[value as usize]),
            Feature::OfYear(wave) => wave(TAU * year_part(value)),
            Feature::OfDay(wave) => {
                debug_assert_eq!(column.kind, Kind::Time);
                wave(TAU * (value - value.floor()))
            }
        }
    }
}

impl Feature {
    /// What it is called in scripts, in English.
    fn name(&self, column: &Column) -> String {
        let name = &column.name;
        match self {
            Feature::Value if column.kind == Kind::Time => format!("{name} in days"),
            Feature::Value => name.clone(),
            Feature::IsMissing => format!("{name} is missing"),
            Feature::Is(place) => format!("{name} = {}", column.words[*place]),
            Feature::IsOther => format!("{name} is another"),
            Feature::OfYear(wave) => format!("{name}: {} of the year", name_of(*wave)),
            Feature::OfDay(wave) => format!("{name}: {} of the day", name_of(*wave)),
        }
    }
}

/// Sine or cosine, by their values at 0.
fn name_of(wave: fn(f64) -> f64) -> &'static str {
    if wave(0.0) == 0.0 { "sine" } else { "cosine" }
}

/// Where in a year of 365.2425 days a day since 1970 lies, from 0 to 1.
fn year_part(days: f64) -> f64 {
    let years = days / 365.2425;
    years - years.floor()
}

impl Upload {
    /// The indices of the rows that are used: those whose target is there, and if rows with missing cells are left out,
    /// whose features are too; a sample of them where there would be too many values.
    pub(super) fn used_rows(&self) -> Vec<usize> {
        let target = &self.columns[self.target];
        let used: Vec<&Column> = self
            .columns
            .iter()
            .filter(|column| column.is_feature)
            .collect();
        let is_complete =
            |row: &usize| !self.skip || used.iter().all(|column| !column.values[*row].is_nan());
        let mut rows: Vec<usize> = (0..self.rows.len())
            .filter(|row| !target.values[*row].is_nan() && is_complete(row))
            .collect();
        let most = MAX_VALUES / self.feature_count().max(1);
        if rows.len() > most {
            Random::new(self.seed, Stream::Data, most).shuffle(&mut rows);
            rows.truncate(most);
            rows.sort_unstable();
        }
        rows
    }

    /// The number of features of all columns.
    pub(super) fn feature_count(&self) -> usize {
        let used = self.columns.iter().filter(|column| column.is_feature);
        used.map(|column| features(column, !self.skip).len()).sum()
    }

    /// The features by name, in the order of the samples' columns.
    pub(super) fn feature_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for column in self.columns.iter().filter(|column| column.is_feature) {
            let features = features(column, !self.skip);
            names.extend(features.iter().map(|feature| feature.name(column)));
        }
        names
    }

    /// Whether rows had to be left out because of the number of features.
    pub(super) fn is_thinned(&self) -> bool {
        self.rows.len() * self.feature_count() > MAX_VALUES
    }

    /// The samples: the target column, and what the columns that are features become. A missing number is NaN: it is filled
    /// when it is known which rows are trained on.
    ///
    /// # Errors
    /// If no feature or fewer than 2 rows remain, or if there is only one class or more than 50.
    pub fn samples(&self) -> Result<Samples, DataError> {
        let rows = self.used_rows();
        if rows.len() < 2 {
            return Err(DataError::TooFew(rows.len()));
        }
        let mut count = 0;
        let mut x = Vec::new();
        let used: Vec<(&Column, Vec<Feature>, Vec<bool>)> = self
            .columns
            .iter()
            .filter(|column| column.is_feature)
            .map(|column| {
                let features = features(column, !self.skip);
                let mut common = vec![false; column.words.len()];
                for feature in &features {
                    if let Feature::Is(place) = feature {
                        common[*place] = true;
                    }
                }
                count += features.len();
                (column, features, common)
            })
            .collect();
        if count == 0 {
            return Err(refused(
                "features",
                "0".into(),
                message!("table-allowed-features"),
            ));
        }
        x.reserve_exact(rows.len() * count);
        for row in &rows {
            for (column, features, common) in &used {
                let value = column.values[*row];
                x.extend(
                    features
                        .iter()
                        .map(|feature| feature.of(column, value, common)),
                );
            }
        }
        Ok(Samples {
            x: Array2::from_shape_vec((rows.len(), count), x).expect("every row has all features"),
            y: self.labels(&rows)?,
            shared_unit: false,
        })
    }

    fn labels(&self, rows: &[usize]) -> Result<Labels, DataError> {
        let target = &self.columns[self.target];
        if self.task == Task::Regression {
            return Ok(Labels::Numbers(
                rows.iter().map(|row| target.values[*row]).collect(),
            ));
        }
        // Cells of one value are one class, however they are written; it is called as the first of them.
        let mut known: Vec<(f64, &str)> = Vec::new();
        let mut names = Vec::new();
        for row in rows {
            let value = target.values[*row];
            let found = known
                .iter()
                .find(|(other, _)| *other == value)
                .map(|(_, name)| *name);
            let name = found.unwrap_or_else(|| {
                let word = target.words.get(value as usize).map(String::as_str);
                let name = word.unwrap_or_else(|| self.rows[*row].cell(self.target));
                known.push((value, name));
                name
            });
            check_limit("classes", known.len(), MAX_CLASSES)
                .map_err(|error| self.too_many_classes(error))?;
            names.push(name);
        }
        if known.len() == 1 {
            return Err(refused(
                "classes",
                "1".into(),
                message!("table-allowed-classes"),
            ));
        }
        let number = |name: &str| {
            known
                .iter()
                .find(|(_, known)| *known == name)
                .map(|(value, _)| *value)
        };
        let is_number = target.words.is_empty();
        Ok(Labels::classes(&names, &|name| {
            number(name).filter(|_| is_number)
        }))
    }

    /// The refusal with the number of classes that there are.
    fn too_many_classes(&self, error: DataError) -> DataError {
        let count = self.columns[self.target].distinct();
        check_limit("classes", count, MAX_CLASSES)
            .err()
            .unwrap_or(error)
    }
}

/// Why a column would be left out without a choice of the reader.
pub(super) fn leave_out(column: &mut Column) {
    column.left_out = column.reason_to_leave_out();
    column.is_feature = column.left_out.is_none();
}

/// Uses a column that would be left out, unless there is nothing in it.
pub(super) fn take_in(column: &mut Column) {
    if column.kind != Kind::Empty {
        (column.left_out, column.is_feature) = (None, true);
    }
}

/// Leaves a column out because the reader says so.
pub(super) fn take_out(column: &mut Column) {
    (column.left_out, column.is_feature) = (Some(LeftOut::Chosen), false);
}
