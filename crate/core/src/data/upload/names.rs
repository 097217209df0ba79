//! What the names of columns tell.

/// The words of a name in lower case: `loanStatus_2` is loan, status, 2.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let mut tokens = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        let is_new = !c.is_alphanumeric() || (c.is_uppercase() && was_lower);
        if is_new {
            tokens.push(String::new());
        }
        if c.is_alphanumeric() {
            tokens
                .last_mut()
                .expect("there is one")
                .extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    tokens.retain(|token| !token.is_empty());
    tokens
}

fn has(name: &str, words: &[&str]) -> bool {
    tokens(name)
        .iter()
        .any(|token| words.contains(&token.as_str()))
}

/// Whether a column is called as identifiers are.
pub(super) fn is_identifier(name: &str) -> bool {
    const WORDS: [&str; 19] = [
        "id", "ids", "index", "idx", "nr", "no", "key", "uuid", "guid", "rownames", "rowname",
        "rownum", "unnamed", "row", "obs", "serial", "sno", "lfd", "kennung",
    ];
    const OWNERS: [&str; 12] = [
        "passenger",
        "customer",
        "user",
        "order",
        "player",
        "patient",
        "student",
        "employee",
        "product",
        "transaction",
        "row",
        "sample",
    ];
    let lower = name.trim().to_lowercase();
    let owned = lower
        .strip_suffix("id")
        .is_some_and(|owner| OWNERS.contains(&owner));
    lower.is_empty() || lower == "#" || owned || has(name, &WORDS)
}

/// Whether whole numbers in order are what a column of this name measures.
pub(super) fn is_sequence(name: &str) -> bool {
    const WORDS: [&str; 30] = [
        "year",
        "month",
        "day",
        "week",
        "hour",
        "minute",
        "second",
        "time",
        "t",
        "x",
        "date",
        "age",
        "step",
        "period",
        "quarter",
        "epoch",
        "depth",
        "distance",
        "temperature",
        "jahr",
        "monat",
        "tag",
        "woche",
        "stunde",
        "zeit",
        "datum",
        "size",
        "n",
        "dose",
        "level",
    ];
    has(name, &WORDS)
}

/// Whether a column is called as dates are.
pub(super) fn is_date(name: &str) -> bool {
    has(
        name,
        &[
            "date",
            "day",
            "datum",
            "tag",
            "time",
            "timestamp",
            "dt",
            "yyyymmdd",
        ],
    ) || name.to_lowercase().contains("date")
}

/// How strongly a name says that its column is the target, from 0 to 100.
pub(super) fn target_score(name: &str) -> f64 {
    /// What names a target wherever it stands, the surest first.
    const SURE: [&str; 30] = [
        "target",
        "label",
        "labels",
        "survived",
        "diagnosis",
        "outcome",
        "species",
        "class",
        "y",
        "response",
        "klasse",
        "ziel",
        "zielgröße",
        "ausgang",
        "result",
        "output",
        "churn",
        "churned",
        "exited",
        "medv",
        "saleprice",
        "price",
        "charges",
        "quality",
        "sentiment",
        "attrition",
        "default",
        "fraud",
        "stroke",
        "diagnose",
    ];
    /// What does where nothing else speaks against it.
    const LIKELY: [&str; 79] = [
        "income",
        "case",
        "magnitude",
        "vote",
        "target",
        "label",
        "class",
        "outcome",
        "response",
        "price",
        "charges",
        "quality",
        "salary",
        "mpg",
        "value",
        "sales",
        "cnt",
        "count",
        "score",
        "grade",
        "deposit",
        "subscribed",
        "approved",
        "status",
        "spam",
        "disease",
        "died",
        "death",
        "deceased",
        "ill",
        "sick",
        "cancer",
        "malignant",
        "variety",
        "type",
        "category",
        "kind",
        "rings",
        "strength",
        "consumption",
        "demand",
        "revenue",
        "profit",
        "cost",
        "rent",
        "miete",
        "preis",
        "umsatz",
        "art",
        "krank",
        "rating",
        "winner",
        "won",
        "passed",
        "admitted",
        "admission",
        "purchased",
        "clicked",
        "converted",
        "failure",
        "defect",
        "yield",
        "progression",
        "tip",
        "default",
        "fraud",
        "cultivar",
        "risk",
        "wage",
        "breaks",
        "uptake",
        "fertility",
        "len",
        "volume",
        "weight",
        "final",
        "verdict",
        "decision",
        "sorte",
    ];
    const SURE_SCORE: f64 = 100.0;
    const LIKELY_SCORE: f64 = 45.0;
    let tokens = tokens(name);
    let lower = tokens.join("");
    if let Some(place) = SURE.iter().position(|sure| *sure == lower) {
        return SURE_SCORE - place as f64;
    }
    let is_likely =
        |token: &String| LIKELY.contains(&token.as_str()) || SURE[..6].contains(&token.as_str());
    let asks = tokens.len() > 1 && ["is", "has", "ist"].contains(&tokens[0].as_str());
    match tokens.last() {
        Some(last) if is_likely(last) => LIKELY_SCORE,
        _ if tokens.iter().any(is_likely) => LIKELY_SCORE / 2.0,
        _ if asks => LIKELY_SCORE / 4.0,
        _ => 0.0,
    }
}

/// Whether a name is one of a coordinate or of something that is known beforehand, and rarely predicted.
pub(super) fn is_given(name: &str) -> bool {
    const WORDS: [&str; 36] = [
        "lat",
        "origin",
        "island",
        "latitude",
        "lon",
        "lng",
        "long",
        "longitude",
        "zip",
        "zipcode",
        "postcode",
        "plz",
        "year",
        "month",
        "day",
        "date",
        "time",
        "hour",
        "weekday",
        "age",
        "sex",
        "gender",
        "name",
        "code",
        "country",
        "region",
        "state",
        "city",
        "x",
        "z",
        "geschlecht",
        "alter",
        "breite",
        "länge",
        "jahr",
        "monat",
    ];
    has(name, &WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(tokens("loanStatus_2 (kg)"), ["loan", "status", "2", "kg"]);
        assert_eq!(tokens("HDLCholesterol"), ["hdlcholesterol"]);
        assert_eq!(tokens("##"), Vec::<String>::new());
    }

    #[test]
    fn names_of_targets_come_in_order() {
        for [better, worse] in [
            ["target", "class"],
            ["survived", "class"],
            ["species", "y"],
            ["Price", "unit_price"],
            ["class", "age"],
            ["house_value", "value_of_house"],
            ["is_late", "late"],
        ] {
            assert!(
                target_score(better) > target_score(worse),
                "{better} {worse}"
            );
        }
        assert!(
            is_identifier("PassengerId")
                && is_identifier("id")
                && is_identifier("")
                && is_identifier("userid")
        );
        assert!(!is_identifier("valid") && !is_identifier("width"));
        assert!(is_given("Latitude") && is_given("birth_year") && !is_given("price"));
        assert!(is_sequence("Year") && is_sequence("x") && !is_sequence("case"));
    }
}
