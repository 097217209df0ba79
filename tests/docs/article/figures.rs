//! Figures as text writes them: which ones a text contains, and what they mean.

/// A figure in a text, such as `0.23`, `10¹⁴`, `3.4 × 10³⁸` or `96 %`.
pub fn figures(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut figure = String::new();
    for c in text.chars().chain([' ']) {
        let goes_on = c.is_numeric() || "⁻".contains(c) || (c == '.' && !figure.is_empty());
        if goes_on {
            figure.push(c);
        } else if !figure.is_empty() {
            let whole = figure.trim_end_matches('.');
            found.push(whole.to_string());
            figure.clear();
        }
    }
    found
}

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The number that a figure means; None for what is none.
pub fn meaning(figure: &str) -> Option<f64> {
    let figure = figure.trim();
    if let Some((mantissa, power)) = figure.split_once('×') {
        return Some(meaning(mantissa)? * meaning(power)?);
    }
    if let Some(percent) = figure.strip_suffix('%') {
        return Some(meaning(percent)? / 100.0);
    }
    let digit = |c: char| RAISED.iter().position(|raised| *raised == c);
    if let Some(raised) = figure.strip_prefix("10")
        && raised.starts_with(|c: char| c == '⁻' || digit(c).is_some())
    {
        let sign = if raised.starts_with('⁻') { -1.0 } else { 1.0 };
        let digits: Option<Vec<usize>> =
            raised.trim_start_matches('⁻').chars().map(digit).collect();
        let power = digits?
            .iter()
            .fold(0.0, |power, d| 10.0 * power + *d as f64);
        return Some(f64::powf(10.0, sign * power));
    }
    if figure == "½" {
        return Some(0.5);
    }
    figure.parse().ok()
}

/// What a text's `data-eq` computes: a number, `a^b`, or `depth-scale(f)` of the factor f of the norm.
pub fn computed(expression: &str) -> f64 {
    let number = |text: &str| text.parse::<f64>().expect("a number");
    if let Some(factor) = expression.strip_prefix("depth-scale(") {
        let factor = number(factor.trim_end_matches(')'));
        return 1.0 / (2.0 * factor.ln()).abs();
    }
    match expression.split_once('^') {
        Some((base, power)) => number(base).powf(number(power)),
        None => number(expression),
    }
}

#[test]
fn figures_are_found_and_understood() {
    let text = "After 300 steps, 96 % or 3.4 × 10³⁸. Layer ½, 10⁻⁸.";
    assert_eq!(figures(text), ["300", "96", "3.4", "10³⁸", "½", "10⁻⁸"]);
    let meanings = ["96 %", "3.4 × 10³⁸", "10⁻⁸", "½", "0.23"].map(|text| meaning(text).unwrap());
    assert_eq!(
        meanings,
        [0.96, 3.4 * 10f64.powf(38.0), 10f64.powf(-8.0), 0.5, 0.23]
    );
    assert_eq!(meaning("ten"), None);
    assert!((computed("0.9^50") - 0.00515).abs() < 1e-5);
    assert_eq!(computed("depth-scale(0.5)"), 1.0 / (2.0 * 2f64.ln()));
}
