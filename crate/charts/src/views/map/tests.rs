use super::*;
use gradient_flow::map::{Range, Request, measure_all};

fn plan(query: &str, x: &str, y: &str, cells: (usize, usize)) -> Plan {
    let request = Request {
        x: Range::parse(x).unwrap(),
        y: Range::parse(y).unwrap(),
        columns: cells.0,
        rows: cells.1,
        steps: 5,
    };
    Plan::new(&Config::from_query(query).unwrap(), &request).unwrap()
}

fn measured(query: &str, x: &str, y: &str, cells: (usize, usize)) -> Plan {
    let mut plan = plan(query, x, y, cells);
    measure_all(&mut plan, None, 1, &|_| {}).unwrap();
    plan
}

fn map<'a>(plan: &'a Plan, theory: Option<&'a Field>, coloring: Coloring) -> Map<'a> {
    Map {
        plan,
        theory,
        coloring,
        selected: None,
        here: None,
    }
}

#[test]
fn names_of_curves_are_apart() {
    let plan = plan(QUERY, "init-gain:0.1..10", "depth:1..12", (9, 9));
    let theory = Field::new(plan.base(), &plan.x, &plan.y).complete();
    let words = Words::english();
    for size in [(390, 300), (390, 330), (390, 360), (900, 640)] {
        let surface = Surface::new(size, Theme::default_for(false), &words, BackendKind::Svg);
        map(&plan, Some(&theory), Coloring::Accuracy).draw(&surface);
        let named: Vec<_> = (surface.texts().into_iter())
            .filter(|(text, _)| text.contains('ξ') || text.contains('χ'))
            .map(|(_, area)| area)
            .collect();
        assert!(named.len() >= 2, "{size:?}: {}", named.len());
        for (i, a) in named.iter().enumerate() {
            for b in &named[i + 1..] {
                let beside = a.right <= b.left || b.right <= a.left;
                let apart = (b.top - a.bottom).max(a.top - b.bottom);
                assert!(beside || apart >= 4, "{size:?}: {apart} px");
            }
        }
    }
}

const QUERY: &str = "data=circle&width=8&activation=tanh";

#[test]
fn every_coloring_has_a_key_and_every_cell_a_color() {
    let plan = measured(QUERY, "init-gain:0.1..10", "depth:1..6", (5, 4));
    let theory = Field::new(plan.base(), &plan.x, &plan.y).complete();
    let words = Words::english();
    for dark in [false, true] {
        let theme = Theme::default_for(dark);
        for coloring in Coloring::ALL {
            assert_eq!(Coloring::from_id(coloring.id()), Some(coloring));
            let svg = map(&plan, Some(&theory), coloring).svg(theme, &words, (600, 400));
            assert!(
                svg.contains("Gain") && svg.contains("Depth") && svg.contains("theory: χ₁ = 1")
            );
            let key = match coloring {
                Coloring::Accuracy => "100 %",
                Coloring::Ratio => "10⁻⁸",
                Coloring::Loss => "test loss",
                Coloring::Verdict => "gradient vanishes",
            };
            assert!(svg.contains(key), "{coloring:?} lacks {key}");
            // No ground shows between its cells, at whatever scale it is looked at.
            let cells = svg.matches("<rect ").count();
            assert!(cells > 20 && cells == svg.matches("shape-rendering=\"crispEdges\"").count());
        }
    }
    // The colours of a key lie apart, also in the eyes of those who see no red or no green: by their lightness alone, or
    // by blue against yellow.
    let shades = Shades::new(Theme::default_for(false), Coloring::Verdict, &plan);
    let colors = Outcome::ALL.map(|outcome| shades.outcome(outcome));
    let seen = |RGBColor(r, g, b): RGBColor| {
        let (r, g, b) = (f64::from(r), f64::from(g), f64::from(b));
        (0.3 * r + 0.6 * g + 0.1 * b, b - 0.5 * (r + g))
    };
    for (place, one) in colors.iter().enumerate() {
        for other in &colors[place + 1..] {
            let ((l1, b1), (l2, b2)) = (seen(*one), seen(*other));
            assert!(
                (l1 - l2).abs() + (b1 - b2).abs() > 25.0,
                "{one:?} and {other:?}"
            );
        }
    }
}

#[test]
fn a_point_is_in_the_cell_that_is_drawn_there() {
    let plan = measured(QUERY, "init-gain:0.1..10", "depth:1..6", (5, 4));
    let map = map(&plan, None, Coloring::Accuracy);
    let words = Words::english();
    let size = (600, 400);
    let plot = map.plot(size, 0);
    for index in 0..plan.states().len() {
        let cell = map.rect(plot, plan.place(index));
        let middle = (
            f64::from(cell.left + cell.right) / 2.0,
            f64::from(cell.top + cell.bottom) / 2.0,
        );
        assert_eq!(map.cell_at(&words, size, middle), Some(index));
    }
    assert_eq!(map.cell_at(&words, size, (3.0, 100.0)), None);
    assert_eq!(map.cell_at(&words, (20, 20), (10.0, 10.0)), None);
    // Depth grows upwards, gain to the right.
    let at = (f64::from(plot.right - 2), f64::from(plot.top + 2));
    let config = plan.config(map.cell_at(&words, size, at).unwrap()).unwrap();
    assert_eq!((config.init_gain, config.depth), (10.0, 6));
}

#[test]
fn a_cell_is_read_in_words() {
    let words = Words::english();
    let empty = plan(QUERY, "init-gain:0.1..10", "depth:1..6", (5, 4));
    let map_of = |plan| map(plan, None, Coloring::Accuracy);
    assert_eq!(
        words.say(&map_of(&empty).brief(0)),
        "Gain 0.1, Depth 1: not measured yet"
    );
    assert!(
        words
            .say_all(&map_of(&empty).note())
            .contains("Nothing is trained")
    );
    let plan = measured(QUERY, "init-gain:0.1..10", "depth:1..6", (5, 4));
    let said = words.say_all(&map_of(&plan).readout(plan.index(0, 3)));
    assert!(
        said.starts_with("Gain 0.1, Depth 6: gradient vanishes. "),
        "{said}"
    );
    assert!(
        said.contains("of the test samples correct after 5 steps (guessing: "),
        "{said}"
    );
    assert!(
        said.contains("dW is") && said.contains("times larger"),
        "{said}"
    );
    assert!(
        words
            .say_all(&map_of(&plan).note())
            .starts_with("The network learns within 5 steps in ")
    );
    let table = map_of(&plan).table();
    assert_eq!((table.columns.len(), table.rows.len()), (6, 4));
    // The deepest network is in the first row, as in the picture.
    assert_eq!(words.value(&table.rows[0][0]), "6");
    // A regression has losses only.
    let plane = measured("data=plane&width=4", "depth:1..2", "residual", (2, 2));
    let said = words.say_all(&map_of(&plane).readout(0));
    assert!(said.contains("Test loss"), "{said}");
    assert!(words.say(&map_of(&plane).brief(0)).contains("(loss "));
}

#[test]
fn the_place_of_the_laboratory_is_marked_where_it_lies_on_the_map() {
    let plan = plan(QUERY, "init-gain:0.1..10", "depth:1..6", (5, 4));
    let config = |query: &str| Config::from_query(&format!("{QUERY}&{query}")).unwrap();
    let (x, y) = axes::place(&plan, &config("init-gain=1&depth=6")).unwrap();
    assert!(
        (x - 0.5).abs() < 1e-9 && (y - 0.875).abs() < 1e-9,
        "{x} {y}"
    );
    assert_eq!(axes::place(&plan, &config("depth=7")), None);
    assert_eq!(
        axes::place(&plan, &config("depth=3&learning-rate=0.5")),
        None
    );
    assert!(!axes::belongs(&plan, &config("depth=3&learning-rate=0.5")));
}

#[test]
fn names_stand_at_their_axes() {
    let plan = measured(
        "data=circle&width=4&depth=2",
        "activation:tanh,relu",
        "norm",
        (9, 9),
    );
    let svg = map(&plan, None, Coloring::Verdict).svg(
        Theme::default_for(false),
        &Words::english(),
        (500, 360),
    );
    for name in ["Tanh", "ReLU", "Batch"] {
        assert!(svg.contains(name), "{name}");
    }
}
