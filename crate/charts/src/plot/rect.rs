//! Rectangles in pixels.

/// A rectangle in pixels. As in DOM rectangles, right and bottom are the first pixels outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// Leftmost column.
    pub left: i32,
    /// Topmost row.
    pub top: i32,
    /// One past the rightmost column.
    pub right: i32,
    /// One past the lowest row.
    pub bottom: i32,
}

/// What lies further away than this is drawn here, in pixels. No picture is as large, and sums of a few such distances
/// stay far within an i32.
const FARTHEST: f64 = (1 << 20) as f64;

/// A distance in whole pixels; 0 for NaN.
fn whole(distance: f64) -> i32 {
    distance.round().clamp(-FARTHEST, FARTHEST) as i32
}

impl Rect {
    /// Its width.
    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Its height.
    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }

    /// Whether a point is inside.
    pub fn contains(&self, (x, y): (f64, f64)) -> bool {
        let inside = |v: f64, low: i32, high: i32| v >= f64::from(low) && v < f64::from(high);
        inside(x, self.left, self.right) && inside(y, self.top, self.bottom)
    }

    /// The column at a fraction of the width.
    pub fn x(&self, fraction: f64) -> i32 {
        self.left + whole(fraction * f64::from(self.width()))
    }

    /// The row at a fraction of the height, measured from the bottom.
    pub fn y(&self, fraction: f64) -> i32 {
        self.bottom - whole(fraction * f64::from(self.height()))
    }

    /// Whether it shares pixels with another one.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// The fraction of the width at a column: the inverse of `x`.
    pub fn fraction_x(&self, x: f64) -> f64 {
        (x - f64::from(self.left)) / f64::from(self.width())
    }

    /// The fraction of the height at a row, measured from the bottom: the inverse of `y`.
    pub fn fraction_y(&self, y: f64) -> f64 {
        (f64::from(self.bottom) - y) / f64::from(self.height())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_is_too_far_away() {
        let plot = Rect {
            left: 46,
            top: 20,
            right: 16_384,
            bottom: 16_384,
        };
        assert_eq!((plot.x(0.5), plot.y(0.25)), (8215, 12_293));
        assert_eq!((plot.x(f64::NAN), plot.y(f64::NAN)), (46, 16_384));
        for far in [1e9, 1e300, f64::INFINITY] {
            for place in [plot.x(far), plot.x(-far), plot.y(far), plot.y(-far)] {
                assert!(
                    place.abs() > 1_000_000 && place.abs() < 1_100_000,
                    "{place}"
                );
            }
        }
    }
}
