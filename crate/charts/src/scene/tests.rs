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
