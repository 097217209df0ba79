use super::theory::Field as Theory;
use super::*;
use crate::config::Config;
use crate::observe::Session;
use crate::theory::{chi, fixed_point};
use std::collections::BTreeSet;

/// A small map whose runs take no time.
fn request(x: &str, y: &str, columns: usize, rows: usize) -> Request {
    Request {
        x: Range::parse(x).unwrap(),
        y: Range::parse(y).unwrap(),
        columns,
        rows,
        steps: 20,
    }
}

fn small() -> Config {
    Config::from_query("data=circle&width=8&activation=tanh&learning-rate=0.5").unwrap()
}

/// Made-up results: the network learns on one side of a border.
fn made_up(kind_of_left: &str, learns: bool) -> Cell {
    let kind = if learns { "healthy" } else { kind_of_left };
    let kinds = crate::diagnosis::DiagnosisKind::ALL;
    Cell {
        kind: *kinds.iter().find(|known| known.name() == kind).unwrap(),
        accuracy: if learns { 0.95 } else { 0.1 },
        loss: if learns { 0.2 } else { 2.3 },
        guess_accuracy: 0.1,
        guess_loss: 2.3,
        dw_start: 1.0,
        dw_end: 1.0,
        delta_start: 1.0,
        overflow: f64::NAN,
        steps: 20,
    }
}

/// Completes a plan with made-up results, in an order that many workers might have; returns the cells in order.
fn complete(plan: &mut Plan, workers: usize, learns: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let (mut made, mut at_work) = (Vec::new(), Vec::new());
    while !plan.is_done() {
        while at_work.len() < workers {
            let Some(index) = plan.next() else { break };
            at_work.push(index);
        }
        // The last one to begin is the first one to be ready, and now and then one is given back.
        let index = at_work.pop().expect("a cell to measure");
        if made.len() % 7 == 3 && workers > 1 && !made.contains(&usize::MAX) {
            plan.give_back(index);
            made.push(usize::MAX);
            continue;
        }
        let (column, row) = plan.place(index);
        plan.record(index, Some(made_up("derivative", learns(column, row))));
        made.push(index);
    }
    made.retain(|index| *index != usize::MAX);
    made
}

#[test]
fn a_border_is_found_with_a_part_of_the_runs() {
    let request = request("init-gain:0.1..10", "depth:1..33", 33, 33);
    let mut plan = Plan::new(&small(), &request).unwrap();
    assert_eq!(plan.size(), (33, 33));
    // A slanted border, which no line of a coarse level follows.
    let learns = |column: usize, row: usize| 3 * column + row > 60;
    let (_, expected) = plan.progress();
    assert!((300..800).contains(&expected), "{expected}");
    let made = complete(&mut plan, 1, learns);
    assert!(made.len() < 33 * 33 / 2, "{} runs", made.len());
    assert_eq!(plan.progress(), (made.len(), made.len()));
    assert_eq!(plan.work_left(), 0.0);
    for row in 0..33 {
        for column in 0..33 {
            let cell = plan
                .cell(plan.index(column, row))
                .expect("every cell is known");
            assert_eq!(
                cell.learns(),
                learns(column, row),
                "column {column}, row {row}"
            );
        }
    }
    // Where all cells are alike, only the coarse ones are measured.
    let mut plan = Plan::new(&small(), &request).unwrap();
    assert_eq!(complete(&mut plan, 1, |_, _| true).len(), 9 * 9);
    // A difference in the verdict alone is a border too.
    let mut plan = Plan::new(&small(), &request).unwrap();
    while let Some(index) = plan.next() {
        let kind = if plan.place(index).0 < 9 {
            "derivative"
        } else {
            "saturation"
        };
        plan.record(index, Some(made_up(kind, false)));
    }
    let kind = |column| plan.cell(plan.index(column, 5)).unwrap().kind.name();
    assert_eq!((kind(8), kind(9)), ("derivative", "saturation"));
}

#[test]
fn the_same_cells_are_measured_whatever_the_number_of_workers() {
    let request = request("init-gain:0.1..10", "depth:1..40", 30, 21);
    let learns = |column: usize, row: usize| column * column > 9 * row;
    let measured = |workers: usize| -> BTreeSet<usize> {
        let mut plan = Plan::new(&small(), &request).unwrap();
        let made = complete(&mut plan, workers, learns);
        let set: BTreeSet<usize> = made.iter().copied().collect();
        assert_eq!(set.len(), made.len(), "no cell is measured twice");
        set
    };
    let alone = measured(1);
    for workers in [2, 3, 8, 1000] {
        assert_eq!(measured(workers), alone, "{workers} workers");
    }
}

#[test]
fn a_level_ends_with_its_shortest_runs() {
    let mut plan = Plan::new(&small(), &request("init-gain", "depth=1..20", 9, 9)).unwrap();
    let mut last = f64::INFINITY;
    while let Some(index) = plan.next() {
        assert!(plan.work(index) <= last);
        last = plan.work(index);
    }
    assert!(last < f64::INFINITY);
}

#[test]
fn threads_do_not_change_a_number() {
    let request = request("init-gain:0.1..10", "depth:1..12", 9, 6);
    let csv = |threads: usize| {
        let mut plan = Plan::new(&small(), &request).unwrap();
        let runs = std::sync::atomic::AtomicUsize::new(0);
        measure_all(&mut plan, None, threads, &|_| {
            runs.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        })
        .unwrap();
        assert_eq!(runs.into_inner(), plan.progress().0);
        plan.to_csv()
    };
    let alone = csv(1);
    assert_eq!(csv(3), alone);
    // Each cell is the run of its config, as anyone can repeat it.
    let plan = Plan::new(&small(), &request).unwrap();
    let config = plan.config(plan.index(8, 5)).unwrap();
    assert_eq!((config.init_gain, config.depth), (10.0, 12));
    let cell = measure(&mut Session::<f32>::new(config, None).unwrap(), 20);
    let line = alone.lines().last().unwrap();
    let start = format!(
        "10,12,true,{},{},{},",
        cell.kind.name(),
        cell.learns(),
        cell.accuracy
    );
    assert!(line.starts_with(&start), "{line}");
    assert_eq!(
        alone.lines().next().unwrap().split(',').count(),
        line.split(',').count()
    );
    assert_eq!(alone.lines().count(), 1 + 9 * 6);
    // Not a number is not equal to itself.
    let bits = |cell: &Cell| cell.numbers().map(f64::to_bits);
    assert_eq!(
        bits(&Cell::from_numbers(&cell.numbers()).unwrap()),
        bits(&cell)
    );
}

#[test]
fn a_missing_table_is_told() {
    let mut plan = Plan::new(
        &Config::default(),
        &request("depth:1..3", "width:1..3", 3, 3),
    )
    .unwrap();
    assert!(measure_all(&mut plan, None, 2, &|_| {}).is_err());
}

#[test]
fn axes_take_numbers_names_and_flags() {
    let range = |text: &str| Range::parse(text);
    assert_eq!(range("depth:1..5").unwrap().values(3), ["1", "3", "5"]);
    assert_eq!(
        range("learning-rate:0.001..10").unwrap().values(5),
        ["0.001", "0.01", "0.1", "1", "10"]
    );
    // A logarithmic scale with 0 begins with it.
    assert_eq!(
        range("weight-decay:0..1").unwrap().values(4),
        ["0", "0.0001", "0.01", "1"]
    );
    assert_eq!(
        range("warmup:0..1000").unwrap().values(4),
        ["0", "10", "100", "1000"]
    );
    assert_eq!(
        range("activation:tanh,relu").unwrap().values(50),
        ["tanh", "relu"]
    );
    assert_eq!(range("residual").unwrap().values(2), ["false", "true"]);
    // A third of the way between powers of ten has no end of digits.
    assert_eq!(range("init-gain:0.1..10").unwrap().values(4)[1], "0.4642");
    for text in [
        "init-gain:0.1..10",
        "activation:tanh,relu",
        "residual:false,true",
    ] {
        assert_eq!(range(text).unwrap().to_string(), text);
    }
    let refused = [
        "seed:1..9",
        "data:xor,digits",
        "depth:0..5",
        "depth:5..1",
        "depth:1",
        "depth:1.5..3",
        "init-gain:a..b",
        "activation:tanh,swish2",
        "activation:tanh,tanh",
        "nothing:1..2",
        "residual:yes",
    ];
    for text in refused {
        let error = range(text)
            .err()
            .unwrap_or_else(|| panic!("{text} was taken"));
        assert!(!error.to_string().is_empty());
    }
    // A refusal names the field, the value, and what is allowed.
    for (text, told) in [
        (
            "init-gain:0..10",
            "init-gain cannot be 0..10. Allowed: the smaller of two values first, each a number from 0.0001 to 100, such as 0.1..10.",
        ),
        (
            "residual:yes",
            "residual cannot be yes. Allowed: different values, each true or false, such as false,true.",
        ),
        (
            "cells:",
            "cells cannot be \"\". Allowed: 2 to 129 columns and as many rows, such as 33x25.",
        ),
        (
            "steps:0.5",
            "steps cannot be 0.5. Allowed: a whole number from 1 to 5000, such as 100.",
        ),
        (
            "depth,width,tied",
            "A map has two axes, not 3: depth, width, tied.",
        ),
    ] {
        let error = Request::parse(text).err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some(told));
    }
    let both = Plan::new(&small(), &request("depth", "depth:1..3", 3, 3));
    assert_eq!(both.err(), Some(RangeError::Twice("depth".into())));
    // Every setting that can be an axis has a usual range of which every value is accepted.
    for field in crate::config::FIELDS.iter().filter(|field| is_axis(field)) {
        let range = Range::usual(field.name).unwrap();
        assert_eq!(
            Range::parse(&range.to_string()).unwrap().values(40),
            range.values(40)
        );
        let values = range.values(40);
        assert!(values.len() >= 2, "{range}");
        for (place, value) in values.iter().enumerate() {
            Config::default().set(field.name, value).unwrap();
            if let Some(number) = range.ends().map(|_| value.parse::<f64>().unwrap()) {
                let fraction = place as f64 / (values.len() - 1) as f64;
                let off = (range.fraction(number) - fraction).abs();
                assert!(
                    off < 0.5 || matches!(field.kind, crate::config::FieldKind::Integer { .. })
                );
            }
        }
    }
}

#[test]
fn cells_whose_settings_contradict_each_other_are_left_out() {
    // The cross-entropies take a linear output.
    let request = request("loss:mse,softmax_ce", "output:linear,tanh", 2, 2);
    let mut plan = Plan::new(&small(), &request).unwrap();
    let made = complete(&mut plan, 1, |_, _| true);
    assert_eq!(made, [0, 1, 2]);
    assert_eq!(plan.states()[3], State::Refused);
    assert!(plan.config(3).is_none() && plan.is_done());
    assert_eq!(plan.to_csv().lines().count(), 4);
}

/// Where a curve crosses a height, as the value on the axis of x.
fn crossing(lines: &[theory::Line], axis: &Axis, height: f64) -> Option<f64> {
    let pairs = lines.iter().flat_map(|line| line.windows(2));
    for pair in pairs {
        let [(x0, y0), (x1, y1)] = [pair[0], pair[1]];
        if (y0 - height) * (y1 - height) <= 0.0 && y0 != y1 {
            let x = x0 + (height - y0) / (y1 - y0) * (x1 - x0);
            // Centers of the first and the last cell are the ends of the range.
            let count = axis.count() as f64;
            let fraction = (x - 0.5 / count) * count / (count - 1.0);
            let (from, to) = axis.range.ends().unwrap();
            return Some(from * (to / from).powf(fraction));
        }
    }
    None
}

#[test]
fn the_critical_curve_lies_where_theory_knows_it() {
    let curve = |query: &str, range: &str| {
        let config = Config::from_query(query).unwrap();
        let x = Axis::new(Range::parse(range).unwrap(), 33);
        let y = Axis::new(Range::parse("depth:1..50").unwrap(), 25);
        let field = Theory::new(&config, &x, &y).complete();
        crossing(&field.critical(), &x, 0.5)
    };
    // He et al. 2015: ReLU keeps the gradient at a variance of 2/n; Xavier's variance of 1/n needs a gain of sqrt 2.
    let he = curve("activation=relu&init=he_normal", "init-gain:0.1..10").unwrap();
    assert!((he - 1.0).abs() < 1e-9, "{he}");
    let xavier = curve("activation=relu&init=xavier_normal", "init-gain:0.1..10").unwrap();
    assert!((xavier / 2f64.sqrt() - 1.0).abs() < 1e-9, "{xavier}");
    // Poole et al. 2016: tanh without biases is critical at sigma_w = 1. There q* is 0, and the curve has a kink, so that
    // a line between nodes is off by less than their distance.
    let tanh = curve("activation=tanh&init=lecun_normal", "init-gain:0.5..2").unwrap();
    assert!((tanh - 1.0).abs() < 0.03, "{tanh}");
    // With biases the critical sigma_w is larger: checked against chi at the fixed point itself.
    let query = "activation=tanh&init=lecun_normal&bias-std=0.3";
    let biased = curve(query, "init-gain:0.8..2").unwrap();
    let phi = crate::network::activation::ActivationFn::new(crate::config::Activation::Tanh, 0.0);
    let chi_at = |gain: f64| {
        let q = fixed_point(&phi, gain * gain, 0.09).unwrap();
        chi(&phi, gain * gain, q)
    };
    assert!(
        biased > 1.1 && (chi_at(biased) - 1.0).abs() < 2e-3,
        "{biased}"
    );
    // Theory does not speak of residual connections, and learning rates do not move it.
    assert_eq!(
        curve("activation=tanh&residual=true", "init-gain:0.5..2"),
        None
    );
    assert_eq!(curve("activation=tanh", "learning-rate:0.01..1"), None);
}

#[test]
fn the_signal_reaches_through_six_depth_scales() {
    let config = Config::from_query("activation=relu&init=he_normal").unwrap();
    let x = Axis::new(Range::parse("init-gain:0.1..10").unwrap(), 33);
    let y = Axis::new(Range::parse("depth:1..49").unwrap(), 49);
    let field = Theory::new(&config, &x, &y).complete();
    let [vanished, exploded] = field.reach();
    // Depth 25, in the middle: 25 ln(gain^2) = +-6.
    let expected = (theory::DEPTH_SCALES / 50.0).exp();
    for (lines, expected) in [(vanished, 1.0 / expected), (exploded, expected)] {
        let gain = crossing(&lines, &x, 0.5).unwrap();
        assert!(
            (gain / expected - 1.0).abs() < 0.01,
            "{gain} instead of {expected}"
        );
    }
}

#[test]
fn the_curve_is_a_bar_for_each_name() {
    let config = Config::from_query("init=he_normal").unwrap();
    let x = Axis::new(Range::parse("activation:relu,linear,tanh").unwrap(), 3);
    let y = Axis::new(Range::parse("init-gain:0.1..10").unwrap(), 33);
    let field = Theory::new(&config, &x, &y).complete();
    let bars = field.critical();
    assert_eq!(bars.len(), 3);
    // ReLU: gain 1, the middle. Linear: 1/sqrt 2, below it.
    assert_eq!((bars[0][0].0, bars[0][1].0), (0.0, 1.0 / 3.0));
    assert!(
        (bars[0][0].1 - 0.5).abs() < 1e-9 && bars[1][0].1 < 0.49,
        "{bars:?}"
    );
    // Between names there is nothing.
    let both = Axis::new(Range::parse("residual").unwrap(), 2);
    assert!(
        Theory::new(&config, &x, &both)
            .complete()
            .critical()
            .is_empty()
    );
}

#[test]
fn links_say_what_a_map_is_to_show() {
    let default = Request::parse("").unwrap();
    let text = "init-gain:0.1..10,depth:1..50,cells:33x25,steps:100";
    assert_eq!(default.to_string(), text);
    assert_eq!(Request::parse(text).unwrap().to_string(), text);
    let read = |text: &str| Request::parse(text).map(|request| request.to_string());
    assert_eq!(
        read("depth").unwrap(),
        "depth:1..50,init-gain:0.1..10,cells:33x25,steps:100"
    );
    assert_eq!(
        read("clip:none,norm,residual,cells:5x2,steps:7").unwrap(),
        "clip:none,norm,residual:false,true,cells:5x2,steps:7"
    );
    assert_eq!(
        read("residual,norm").unwrap(),
        "residual:false,true,norm:none,batch,layer,cells:33x25,steps:100"
    );
    for text in [
        "cells:1x5",
        "cells:9",
        "cells:500x500",
        "steps:0",
        "steps:1.5",
        "depth,depth",
        "depth,width,init-gain",
        "seed",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}
