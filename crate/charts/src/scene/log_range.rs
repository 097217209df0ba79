//! The powers of ten that an axis covers.

/// The powers of ten on a logarithmic axis. Every run starts with the same range, so that runs can be
/// compared; values beyond it widen it in coarse steps, up to float32's whole range, and it never
/// shrinks: an axis that follows the data would hide that the data change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogRange {
    /// log10 of the lowest value.
    pub low: i32,
    /// log10 of the highest value.
    pub high: i32,
}

impl Default for LogRange {
    fn default() -> Self {
        LogRange { low: -16, high: 4 }
    }
}

impl LogRange {
    /// Widens the range to include a value. Zeros and non-finite values change nothing.
    pub fn include(&mut self, value: f32) {
        let log = libm::log10(f64::from(value));
        if !log.is_finite() {
            return;
        }
        if log < f64::from(self.low) {
            let lower = [-8, -16, -30]
                .into_iter()
                .find(|low| f64::from(*low) <= log);
            self.low = lower.unwrap_or(-46);
        }
        if log > f64::from(self.high) {
            let higher = [4, 12].into_iter().find(|high| f64::from(*high) >= log);
            self.high = higher.unwrap_or(39);
        }
    }

    /// Widens the range to include another one.
    pub fn include_range(&mut self, other: LogRange) {
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
    }

    /// Widens a range that is symmetric around 10⁰ to include a value, and keeps it symmetric.
    pub fn include_symmetric(&mut self, value: f32) {
        let log = libm::log10(f64::from(value)).abs();
        while log.is_finite() && log > f64::from(self.high) && self.high < 16 {
            (self.low, self.high) = (-2 * self.high, 2 * self.high);
        }
    }

    /// Where a value stands on the axis: 0 at the lowest, 1 at the highest, beyond them outside.
    pub fn position(&self, value: f64) -> f64 {
        (libm::log10(value) - f64::from(self.low)) / f64::from(self.high - self.low)
    }

    /// The same, with values beyond an end placed at that end.
    pub fn clamped_position(&self, value: f64) -> f64 {
        self.position(value).clamp(0.0, 1.0)
    }

    /// The exponents that get a tick, at least `pitch` pixels apart on an axis of `length` pixels. On a long axis they
    /// are few, however long it is in pixels.
    pub fn ticks(&self, length: i32, pitch: i32) -> Vec<i32> {
        let span = self.high - self.low;
        let fewest = match span {
            40.. => 10,
            16.. => 4,
            8.. => 2,
            _ => 1,
        };
        let fits = |stride: &i32| *stride >= fewest && stride * length / span.max(1) >= pitch;
        let stride = [1, 2, 4, 5, 10, 20].into_iter().find(fits).unwrap_or(40);
        (self.low..=self.high)
            .filter(|exponent| exponent % stride == 0)
            .collect()
    }
}

/// Can the value stand on a logarithmic axis? Zero and non-finite values cannot.
pub fn on_log_axis(value: f32) -> bool {
    value.is_finite() && value > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_widens_in_coarse_steps_and_never_shrinks() {
        let mut range = LogRange::default();
        for (value, low, high) in [
            (1.0, -16, 4),
            (0.0, -16, 4),
            (f32::NAN, -16, 4),
            (f32::INFINITY, -16, 4),
            (1e-17, -30, 4),
            (1e-45, -46, 4),
            (1e5, -46, 12),
            (3e38, -46, 39),
            (1.0, -46, 39),
        ] {
            range.include(value);
            assert_eq!((range.low, range.high), (low, high), "{value:e}");
        }
    }

    #[test]
    fn a_symmetric_range_stays_symmetric() {
        let mut range = LogRange { low: -1, high: 1 };
        for (value, high) in [(0.2, 1), (11.0, 2), (0.0, 2), (f32::NAN, 2), (1e-3, 4)] {
            range.include_symmetric(value);
            assert_eq!((range.low, range.high), (-high, high), "{value:e}");
        }
    }
}
