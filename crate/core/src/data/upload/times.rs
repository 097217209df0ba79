//! Cells as dates and times. One format is found for a whole column.

use jiff::civil::Date;
use jiff::fmt::strtime::{self, BrokenDownTime};

/// Formats of dates, each with whether day and month could be exchanged. The first that fits a column is taken.
const DATES: [&str; 27] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y-%m",
    "%Y/%m",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%m/%Y",
    "%m-%Y",
    "%m.%Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d. %b %Y",
    "%d %B %Y",
    "%d. %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%B %d %Y",
    "%b %Y",
    "%B %Y",
    "%b-%Y",
    "%b-%y",
    "%Y %b",
    "%Y-%b-%d",
    "%a %b %d %Y",
];
/// Formats in which day and month look alike: day first, month first.
const EITHER: [[&str; 2]; 4] = [
    ["%d/%m/%Y", "%m/%d/%Y"],
    ["%d-%m-%Y", "%m-%d-%Y"],
    ["%d/%m/%y", "%m/%d/%y"],
    ["%d-%m-%y", "%m-%d-%y"],
];
/// What may follow a date.
const CLOCKS: [&str; 10] = [
    "%H:%M:%S%.f",
    "%H:%M",
    "%I:%M:%S %p",
    "%I:%M %p",
    "%I:%M%p",
    "%H:%M:%S%.fZ",
    "%H:%M:%S%.f%:z",
    "%H:%M:%S%.f%z",
    "%H:%M%:z",
    "%H:%M:%S%.f UTC",
];
/// Between a date and a time of day.
const BETWEEN: [&str; 4] = [" ", "T", ", ", " - "];
/// German months and days that English formats do not know.
const GERMAN: [(&str, &str); 11] = [
    ("Januar", "January"),
    ("Februar", "February"),
    ("März", "March"),
    ("Mär", "Mar"),
    ("Mai", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Oktober", "October"),
    ("Okt", "Oct"),
    ("Dezember", "December"),
    ("Dez", "Dec"),
];

/// How the cells of a column are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimeFormat {
    format: String,
    /// Whether there is a date, and not the time of day alone.
    pub has_date: bool,
    /// Whether there is a time of day.
    pub has_clock: bool,
    /// Whether day and month could be exchanged in every cell.
    pub is_ambiguous: bool,
}

/// A moment: days since 1970, and where in the day and the year it lies, both from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment {
    pub days: f64,
    pub of_day: f64,
    pub of_year: f64,
}

impl TimeFormat {
    /// The format in which nearly all cells are written, if there is one. `day_first` decides where day and month could be
    /// exchanged.
    pub fn of_column<'a>(
        cells: impl Iterator<Item = &'a str> + Clone,
        day_first: Option<bool>,
        is_named: bool,
    ) -> Option<Self> {
        let sample = cells.clone().next()?;
        if sample.len() > 40 || !sample.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        let fits = |format: &TimeFormat| {
            let (mut all, mut broken) = (0, 0);
            for cell in cells.clone() {
                all += 1;
                broken += usize::from(format.moment(cell).is_none());
                // A column of other things is left after a few cells.
                if broken > 2 && broken * 20 > all {
                    return false;
                }
            }
            broken * 20 <= all
        };
        let with_clocks = |date: &str, is_ambiguous: bool| {
            let bare = TimeFormat {
                format: date.into(),
                has_date: true,
                has_clock: false,
                is_ambiguous,
            };
            if fits(&bare) {
                return Some(bare);
            }
            if !sample.contains(':') {
                return None;
            }
            for between in BETWEEN {
                for clock in CLOCKS {
                    let format = TimeFormat {
                        format: format!("{date}{between}{clock}"),
                        has_clock: true,
                        ..bare.clone()
                    };
                    if fits(&format) {
                        return Some(format);
                    }
                }
            }
            None
        };
        let found = DATES.iter().find_map(|date| with_clocks(date, false));
        if found.is_some() {
            return found;
        }
        for [day, month] in EITHER {
            let formats = [with_clocks(day, false), with_clocks(month, false)];
            match formats {
                [Some(day), Some(month)] => {
                    let format = if day_first == Some(true) { day } else { month };
                    let is_ambiguous = day_first.is_none();
                    return Some(TimeFormat {
                        is_ambiguous,
                        ..format
                    });
                }
                [None, None] => (),
                [day, month] => return day.or(month),
            }
        }
        let clocks = CLOCKS.iter().map(|clock| TimeFormat {
            format: (*clock).into(),
            has_date: false,
            has_clock: true,
            is_ambiguous: false,
        });
        // Eight digits are a date only where the column is called one.
        let compact = is_named.then(|| TimeFormat {
            format: "%Y%m%d".into(),
            has_date: true,
            has_clock: false,
            is_ambiguous: false,
        });
        clocks.chain(compact).find(fits)
    }

    /// A cell as a moment.
    pub fn moment(&self, cell: &str) -> Option<Moment> {
        let mut english = month_of_quarter(cell);
        if english.is_none() && cell.chars().any(char::is_alphabetic) {
            let words = || cell.split(|c: char| !c.is_alphabetic());
            let found = GERMAN
                .iter()
                .find(|(german, _)| words().any(|word| word == *german));
            english = found.map(|(german, name)| cell.replacen(german, name, 1));
        }
        let time: BrokenDownTime =
            strtime::parse(&self.format, english.as_deref().unwrap_or(cell)).ok()?;
        let of_day = if self.has_clock {
            let time = time.to_time().ok()?;
            let minutes = i32::from(time.hour()) * 60 + i32::from(time.minute());
            f64::from(minutes * 60 + i32::from(time.second())) / 86_400.0
        } else {
            0.0
        };
        if !self.has_date {
            return Some(Moment {
                days: of_day,
                of_day,
                of_year: 0.0,
            });
        }
        let year = time.year()?;
        if !(1000..=2999).contains(&year) {
            return None;
        }
        let date = Date::new(year, time.month()?, time.day().unwrap_or(1)).ok()?;
        let days = date.duration_since(Date::constant(1970, 1, 1)).as_secs() / 86_400;
        Some(Moment {
            days: days as f64 + of_day,
            of_day,
            of_year: (f64::from(date.day_of_year()) - 1.0) / f64::from(date.days_in_year()),
        })
    }
}

/// The first month of a quarter: 2000Q2 is 2000-04.
fn month_of_quarter(cell: &str) -> Option<String> {
    let (before, after) = cell.split_once(['Q', 'q'])?;
    let quarter: u8 = after
        .get(..1)?
        .parse()
        .ok()
        .filter(|quarter| (1..=4).contains(quarter))?;
    let rest = format!("{before}{}", &after[1..]);
    let year = rest.trim_matches([' ', '-', '/', '.', ':']);
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    is_year.then(|| format!("{year}-{:02}", 3 * quarter - 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(cells: &[&str], day_first: Option<bool>) -> Option<(Vec<f64>, TimeFormat)> {
        let format = TimeFormat::of_column(cells.iter().copied(), day_first, true)?;
        let days = cells
            .iter()
            .map(|cell| format.moment(cell).expect("it fits").days);
        Some((days.collect(), format))
    }

    #[test]
    fn dates_are_days() {
        for cells in [
            ["1970-01-02", "2000-03-01"],
            ["1970/01/02", "2000/3/1"],
            ["2.1.1970", "01.03.2000"],
            ["19700102", "20000301"],
            ["2 Jan 1970", "1 Mar 2000"],
            ["2. Januar 1970", "1. März 2000"],
            ["Jan 2, 1970", "Mar 1, 2000"],
            ["January 2, 1970", "March 1, 2000"],
            ["02-Jan-1970", "01-Mar-2000"],
        ] {
            let (days, format) = days(&cells, None).expect(cells[0]);
            assert_eq!(days, [1.0, 11_017.0], "{cells:?}");
            assert!(format.has_date && !format.has_clock && !format.is_ambiguous);
        }
        assert_eq!(days(&["1970-01", "1970-02"], None).unwrap().0, [0.0, 31.0]);
        assert_eq!(
            days(&["Jan 1970", "Feb 1970"], None).unwrap().0,
            [0.0, 31.0]
        );
    }

    #[test]
    fn times_of_day_are_parts_of_a_day() {
        for cells in [
            ["1970-01-01 12:00", "1970-01-02 06:00"],
            ["1970-01-01T12:00:00Z", "1970-01-02T06:00:00Z"],
            ["1970-01-01 12:00:00.000", "1970-01-02 06:00:00"],
            ["01.01.1970 12:00", "02.01.1970 06:00"],
            ["1/1/1970 12:00 PM", "1/2/1970 6:00 AM"],
        ] {
            let (days, format) = days(&cells, Some(false)).expect(cells[0]);
            assert_eq!(days, [0.5, 1.25], "{cells:?}");
            assert!(format.has_clock);
        }
        let (days, format) = days(&["06:00", "18:00"], None).unwrap();
        assert!(!format.has_date);
        assert_eq!(days, [0.25, 0.75]);
    }

    #[test]
    fn day_and_month_are_told_apart_or_asked_for() {
        let first = |cells: &[&str], day_first| {
            let (days, format) = days(cells, day_first).unwrap();
            (days[0], format.is_ambiguous)
        };
        assert_eq!(
            first(&["03/04/1970", "13/04/1970"], None),
            (92.0, false),
            "day first"
        );
        assert_eq!(
            first(&["03/04/1970", "03/13/1970"], None),
            (62.0, false),
            "month first"
        );
        assert_eq!(first(&["03/04/1970", "05/06/1970"], None), (62.0, true));
        assert_eq!(
            first(&["03/04/1970", "05/06/1970"], Some(true)),
            (92.0, false)
        );
    }

    #[test]
    fn what_is_no_date_is_none() {
        for cells in [
            ["2020-13-01", "2020-01-01"],
            ["A-1", "A-2"],
            ["", "x"],
            ["1-2", "3-4"],
            ["99999999", "20000101"],
        ] {
            assert!(days(&cells, None).is_none(), "{cells:?}");
        }
    }
}
