//! A map as CSV: a line for each cell.

use super::plan::{Plan, State};

/// The columns after the two settings.
const COLUMNS: &str = "measured,kind,learns,accuracy,loss,guess_accuracy,guess_loss,dw_first_over_last_start,\
dw_first_over_last_end,delta_first_over_last_start,overflow_step,steps";

impl Plan {
    /// The map as CSV. A cell that was not measured has the numbers of the one that it is like, and `measured` is false.
    /// Numbers that do not exist are empty.
    pub fn to_csv(&self) -> String {
        let mut text = format!(
            "{},{},{COLUMNS}\n",
            self.x.field().name,
            self.y.field().name
        );
        for (index, state) in self.states().iter().enumerate() {
            let Some(cell) = self.cell(index) else {
                continue;
            };
            let (column, row) = self.place(index);
            let number = |x: f64| {
                if x.is_nan() {
                    String::new()
                } else {
                    x.to_string()
                }
            };
            let cells = [
                self.x.values[column].clone(),
                self.y.values[row].clone(),
                matches!(state, State::Measured(_)).to_string(),
                cell.kind.name().into(),
                cell.learns().to_string(),
                number(cell.accuracy),
                number(cell.loss),
                number(cell.guess_accuracy),
                number(cell.guess_loss),
                number(cell.dw_start),
                number(cell.dw_end),
                number(cell.delta_start),
                number(cell.overflow),
                cell.steps.to_string(),
            ];
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        text
    }
}
