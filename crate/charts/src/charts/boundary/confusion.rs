//! The confusion matrix, a row per true class.

use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::SMALL;
use gradient_flow::observe::snapshot::Predictions;
use gradient_flow_words::message;

/// The number of samples of a true class, or 1 if there are none.
fn row_sum(shown: &Predictions, classes: usize, row: usize) -> f32 {
    let row = &shown.confusion[row * classes..][..classes];
    row.iter().sum::<f32>().max(1.0)
}

/// The cells: the share of each predicted class in its row.
pub fn cells(s: &Surface, area: Rect, shown: &Predictions, classes: usize) {
    s.heat_map(area, (classes, classes), |column, from_bottom| {
        let row = classes - 1 - from_bottom;
        let share = shown.confusion[row * classes + column] / row_sum(shown, classes, row);
        Some(s.theme.share(libm::sqrt(f64::from(share))))
    });
}

/// The cells with their numbers, and what rows and columns are.
pub fn draw(s: &Surface, area: Rect, shown: &Predictions, names: &[String]) {
    let (theme, classes) = (s.theme, names.len());
    cells(s, area, shown, classes);
    let pitch = area.width() / classes as i32;
    for (class, name) in names.iter().enumerate() {
        let name = short(name);
        let along = (class as f64 + 0.5) / classes as f64;
        let below = (area.x(along), area.bottom + 4);
        s.text_where_free(name.clone(), &[(below, Anchor::Top)], SMALL, theme.muted);
        let beside = (area.left - 5, area.y(1.0 - along));
        s.text_where_free(name, &[(beside, Anchor::Right)], SMALL, theme.muted);
        for other in (0..classes).filter(|_| pitch >= 18) {
            let count = shown.confusion[class * classes + other];
            let share = count / row_sum(shown, classes, class);
            let at = (
                area.x((other as f64 + 0.5) / classes as f64),
                area.y(1.0 - along) - 6,
            );
            if count > 0.0 {
                let color = if share > 0.3 { theme.ground } else { theme.ink };
                s.text_where_free(count, &[(at, Anchor::Top)], SMALL, color);
            }
        }
    }
    let below = ((area.left + area.right) / 2, area.bottom + 18);
    let predicted = message!("chart-boundary-predicted");
    s.text(predicted, below, Anchor::Top, SMALL, theme.muted);
    let above = (area.left, area.top - 10);
    let title = message!("chart-boundary-true");
    s.text(title, above, Anchor::Left, SMALL, theme.muted)
}

/// The first letters of a class's name, as much as fits under a column.
pub fn short(name: &str) -> String {
    name.chars().take(4).collect()
}
