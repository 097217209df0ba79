//! A passage (one sample on its way through the network) in one array of words: the lengths of its arrays, then their
//! elements.

use gradient_flow::observe::passage::Passage;

/// The words of a passage.
pub fn to_words(passage: &Passage) -> Vec<u32> {
    let arrays = passage.arrays();
    let lengths = arrays.iter().map(|(_, array)| array.len() as u32);
    let elements = arrays.iter().flat_map(|(_, array)| array.iter());
    lengths.chain(elements.map(|x| x.to_bits())).collect()
}

/// The passage in these words; None if they are not those of one.
pub fn from_words(words: &[u32]) -> Option<Passage> {
    let mut passage = Passage::default();
    let count = passage.arrays().len();
    let (lengths, mut elements) = words.split_at_checked(count)?;
    for ((_, array), length) in passage.arrays_mut().into_iter().zip(lengths) {
        let (own, rest) = elements.split_at_checked(*length as usize)?;
        array.extend(own.iter().map(|bits| f32::from_bits(*bits)));
        elements = rest;
    }
    (elements.is_empty() && passage.fits()).then_some(passage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradient_flow::{Config, Session};

    #[test]
    fn a_passage_is_the_same_after_crossing_and_nothing_else_is_one() {
        let config = Config::from_query("data=circle&depth=3&width=24").expect("a config");
        let mut session = Session::<f32>::new(config, None).expect("a run");
        let passage = session.passage(3);
        let words = to_words(&passage);
        // A probability of a regression would be NaN: this one classifies, so that it equals itself.
        assert_eq!(from_words(&words), Some(passage));
        for length in [0, 5, 12, words.len() - 1] {
            assert_eq!(from_words(&words[..length]), None, "{length} words");
        }
        assert_eq!(from_words(&[&words[..], &[0]].concat()), None);
        let mut longer = words.clone();
        longer[4] += 1;
        longer[5] -= 1;
        assert_eq!(from_words(&longer), None);
    }
}
