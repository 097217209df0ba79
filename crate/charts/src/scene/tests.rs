use super::*;

fn snapshot(step: u64, dw: f32) -> Snapshot {
    let mut snapshot = Snapshot {
        step,
        ..Snapshot::default()
    };
    for array in [
        &mut snapshot.layers.dw_rms,
        &mut snapshot.layers.delta_rms,
        &mut snapshot.layers.a_rms,
    ] {
        *array = vec![dw; 3];
    }
    snapshot
}

fn shown_step(scene: &Scene) -> Option<u64> {
    scene.shown.as_ref().map(|s| s.step)
}

#[test]
fn charts_are_scrubbed_back_and_follow_the_run_again() {
    let mut scene = Scene::default();
    for step in [0, 10, 20] {
        scene.push(snapshot(step, 1.0));
    }
    scene.scrub_to(Some(13));
    assert_eq!(shown_step(&scene), Some(10));
    scene.push(snapshot(30, 1.0));
    assert_eq!(shown_step(&scene), Some(10), "the run goes on unseen");
    scene.push(snapshot(31, f32::NAN));
    assert!(scene.nonfinite_layers.is_empty());
    scene.scrub_to(None);
    assert_eq!(
        (shown_step(&scene), scene.nonfinite_layers.len()),
        (Some(30), 3)
    );
}

#[test]
fn a_pinned_run_stays_and_is_seen_at_the_step_of_the_live_one() {
    let mut scene = Scene::default();
    for step in [0, 10, 20] {
        scene.push(snapshot(step, 1.0));
    }
    scene.pin();
    scene.begin(Config::from_query("depth=2").unwrap());
    assert!(scene.shown.is_none() && scene.pinned_snapshot().is_none());
    for (live, pinned) in [(0, 0), (12, 10), (50, 20)] {
        scene.push(snapshot(live, 2.0));
        assert_eq!(scene.pinned_snapshot().map(|s| s.step), Some(pinned));
    }
    scene.unpin();
    assert!(scene.pinned.is_none());
}

#[test]
fn the_step_lines_axis_does_not_jump() {
    let mut scene = Scene::default();
    let mut range_after = |change: f32| {
        let mut snapshot = snapshot(1, 1.0);
        snapshot.step_line.t = vec![0.0, 1.0, 3.0];
        snapshot.step_line.loss_change = vec![0.0, change, 1e9];
        scene.push(snapshot);
        scene.loss_change_range
    };
    assert!((range_after(0.3) - 0.5).abs() < 1e-12);
    assert!((range_after(-0.1) - 0.5).abs() < 1e-12);
    assert!((range_after(0.51) - 1.0).abs() < 1e-12);
    assert!((range_after(0.01) - 0.01).abs() < 1e-12);
}

/// Histograms of u that tell by their first value at which step they were taken; none between evaluations.
fn with_histograms(mut snapshot: Snapshot, evaluated: bool) -> Snapshot {
    let (step, layers) = (snapshot.step as f32, snapshot.layer_count());
    snapshot.histograms.dw = vec![step; layers];
    if evaluated {
        let values = vec![step; layers * VALUE_BINS];
        let histograms = &mut snapshot.histograms;
        (histograms.a, histograms.z, histograms.u) = (values.clone(), values.clone(), values);
    }
    snapshot
}

/// The steps at which the shown histograms of dW, a, z and u were taken.
fn histogram_steps(scene: &Scene) -> [Option<f32>; 4] {
    let Histograms { dw, a, z, u } = &scene.shown.as_ref().expect("a snapshot").histograms;
    [dw, a, z, u].map(|values| values.first().copied())
}

#[test]
fn between_evaluations_the_last_histograms_stay() {
    let mut scene = Scene::default();
    for (step, evaluated, values) in [
        (0, true, 0.0),
        (5, false, 0.0),
        (9, false, 0.0),
        (12, true, 12.0),
        (12, false, 12.0),
        (15, false, 12.0),
    ] {
        scene.push(with_histograms(snapshot(step, 1.0), evaluated));
        let [dw, a, z, u] = histogram_steps(&scene);
        assert_eq!(
            dw,
            Some(step as f32),
            "those of dW come with every snapshot"
        );
        assert_eq!([a, z, u], [Some(values); 3], "step {step}");
    }
    scene.scrub_to(Some(5));
    assert_eq!(histogram_steps(&scene)[3], Some(0.0), "as they were then");
}

#[test]
fn a_nonfinite_snapshot_leaves_its_histograms_to_the_next() {
    let mut scene = Scene::default();
    scene.push(with_histograms(snapshot(0, 1.0), true));
    scene.push(with_histograms(snapshot(3, f32::NAN), true));
    scene.push(with_histograms(snapshot(4, 1.0), false));
    assert_eq!(histogram_steps(&scene)[3], Some(3.0));
}

#[test]
fn histograms_of_another_run_are_never_shown() {
    let mut scene = Scene::default();
    scene.push(with_histograms(snapshot(7, 1.0), true));
    scene.pin();
    scene.begin(Config::default());
    scene.push(with_histograms(snapshot(0, 1.0), false));
    assert_eq!(histogram_steps(&scene)[3], None);
    assert!(!scene.pinned_snapshot().unwrap().histograms.u.is_empty());

    // Without `begin`, another number of layers: the rows of the last histograms would be of other layers.
    let mut deeper = snapshot(9, 1.0);
    for array in [
        &mut deeper.layers.dw_rms,
        &mut deeper.layers.delta_rms,
        &mut deeper.layers.a_rms,
    ] {
        array.push(1.0);
    }
    scene.push(with_histograms(snapshot(8, 1.0), true));
    scene.push(with_histograms(deeper, false));
    assert_eq!(histogram_steps(&scene)[3], None);
}
