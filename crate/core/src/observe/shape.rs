//! Whether the arrays of a snapshot fit together. Charts index one by the length of another, so words that were mixed up
//! on their way must be refused at the door.

use crate::observe::snapshot::{
    DW_BINS, GRID, IMAGE, Predictions, Snapshot, VALUE_BINS, WEIGHTS_SIDE, WeightImages,
};

/// The largest step that JavaScript counts exactly.
const MAX_STEP: u64 = (1 << 53) - 1;

/// More features and units than any layer has.
const MAX_UNITS: f32 = 65_536.0;

impl Snapshot {
    /// Checks that all arrays have the lengths that their documentation states.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check_shape(&self) -> Result<(), String> {
        let layers = self.layer_count();
        if layers == 0 {
            return Err("a snapshot has no layers".into());
        }
        if self.step > MAX_STEP || self.test_step > self.step {
            return Err("a snapshot's steps are out of range".into());
        }
        let check = |name: &str, length: usize, allowed: &[usize]| {
            if allowed.contains(&length) {
                Ok(())
            } else {
                Err(format!(
                    "{name} of a snapshot of {layers} layers has {length} numbers"
                ))
            }
        };
        for (name, array) in self.layers.arrays() {
            check(name, array.len(), &[layers])?;
        }
        check("dw", self.histograms.dw.len(), &[layers * DW_BINS])?;
        for array in [&self.histograms.a, &self.histograms.z, &self.histograms.u] {
            check("a histogram", array.len(), &[0, layers * VALUE_BINS])?;
        }
        let steps = self.log.train_loss.len();
        for (name, array) in self.log.arrays() {
            let rows = if name == "dw_rms" { layers } else { 1 };
            check(name, array.len(), &[steps * rows])?;
        }
        let known = self.theory.a_rms.len();
        check("the theory", known, &[0, layers])?;
        check("the theory", self.theory.delta_rms.len(), &[known])?;
        let points = self.step_line.t.len();
        for (_, array) in self.step_line.arrays() {
            check("the step line", array.len(), &[points])?;
        }
        let weights = weights_fit(&self.weights, layers);
        let predictions = predictions_fit(&self.predictions, self.classes.len());
        let overflow = self.first_nonfinite.as_ref();
        if !weights {
            Err("the weight images of a snapshot have other sizes than they say".into())
        } else if !predictions {
            Err("the predictions of a snapshot do not fit its classes".into())
        } else if overflow.is_some_and(|first| !(1..=layers).contains(&first.layer)) {
            Err("first_nonfinite of a snapshot names a layer that is not there".into())
        } else {
            Ok(())
        }
    }
}

/// Whether the images are as large as `shape` says.
fn weights_fit(weights: &WeightImages, layers: usize) -> bool {
    let images = [&weights.w, &weights.dw, &weights.update];
    let [layer, rows, columns, n_in, n_out] = match weights.shape[..] {
        [] => return images.iter().all(|image| image.is_empty()),
        [layer, rows, columns, n_in, n_out] => [layer, rows, columns, n_in, n_out],
        _ => return false,
    };
    let is_side = |side: f32, full: f32| {
        let whole = side.fract() == 0.0 && full.fract() == 0.0;
        whole && (1.0..=WEIGHTS_SIDE as f32).contains(&side) && (side..=MAX_UNITS).contains(&full)
    };
    is_side(rows, n_in)
        && is_side(columns, n_out)
        && layer.fract() == 0.0
        && (0.0..layers as f32).contains(&layer)
        && images
            .iter()
            .all(|image| image.len() == rows as usize * columns as usize)
}

/// Whether samples, surface, matrix and images each have all their parts.
fn predictions_fit(predictions: &Predictions, classes: usize) -> bool {
    let Predictions {
        surface,
        extent,
        x,
        y,
        label,
        test,
        confusion,
        images,
        image_label,
        image_class,
        image_confidence,
    } = predictions;
    let side = (1..=GRID).find(|side| side * side == surface.len());
    let samples = if surface.is_empty() {
        extent.is_empty() && label.is_empty() && test.is_empty()
    } else {
        side.is_some() && extent.len() == 4 && label.len() == x.len() && test.len() == x.len()
    };
    let is_class = |class: &f32| class.fract() == 0.0 && (0.0..classes as f32).contains(class);
    let count = image_label.len();
    samples
        && x.len() == y.len()
        && (confusion.is_empty() || confusion.len() == classes * classes)
        && images.len() == count * IMAGE * IMAGE
        && image_class.len() == count
        && image_confidence.len() == count
        && image_label.iter().chain(image_class).all(is_class)
}
