//! What is said of a baseline that was written.

use super::Tidied;
use crate::text;
use crate::text::{Noun, Text};

/// As the subject of a sentence.
const FINDING: Noun = Noun {
    en: ["finding", "findings"],
    ar: ["مخالفة واحدة", "مخالفتان", "مخالفات", "مخالفة"],
};

/// As after a preposition.
const OF_FINDING: Noun = Noun {
    en: ["finding", "findings"],
    ar: ["مخالفة واحدة", "مخالفتين", "مخالفات", "مخالفة"],
};

impl Tidied {
    /// What is said of the first baseline, which has this name.
    pub fn first_words(&self, name: &str) -> Text {
        if self.held == 0 && !self.left_over.is_empty() {
            return text!(
                "nothing else was found: `{name}` is empty",
                "لم يُعثر على غيرها، وخط الأساس `{name}` خالٍ",
                name = name,
            );
        }
        if self.held == 0 {
            return text!(
                "nothing was found: `{name}` is empty",
                "لم يُعثر على أي مخالفة، وخط الأساس `{name}` خالٍ",
                name = name,
            );
        }
        let held = FINDING.both(self.held);
        text!(
            "`{name}` holds {en}: from now on only what is new counts",
            "سُجِّلت في `{name}` {ar}، ولا يُحسب من الآن إلا ما يستجد",
            name = name,
            en = held.en,
            ar = held.ar,
        )
    }

    /// What is said of a baseline that has changed, or could have.
    pub fn update_words(&self, name: &str) -> Text {
        let Text { en, ar } = FINDING.both(self.gone);
        let mut words = vec![match self.gone {
            0 => Text::new("nothing taken out", "لم تُحذف أي مخالفة"),
            _ => Text::new(format!("{en} taken out"), format!("حُذفت {ar}")),
        }];
        if self.smaller > 0 {
            let ar = OF_FINDING.both(self.smaller).ar;
            let en = format!("{} partly mended", self.smaller);
            words.push(Text::new(en, format!("صُحِّح جزء من {ar}")));
        }
        if self.added > 0 {
            let ar = FINDING.both(self.added).ar;
            let en = format!("{} taken in", self.added);
            words.push(Text::new(en, format!("أُضيفت {ar}")));
        }
        words.push(self.left_words(name));
        let (en, ar): (Vec<String>, Vec<String>) =
            words.into_iter().map(|text| (text.en, text.ar)).unzip();
        Text::new(en.join(", "), ar.join("، و"))
    }

    fn left_words(&self, name: &str) -> Text {
        if self.held == 0 {
            return text!(
                "none left in `{name}`",
                "لم تبق أي مخالفة في `{name}`",
                name = name,
            );
        }
        let ar = FINDING.both(self.held).ar;
        let place = text!("left in `{name}`", "بقيت في `{name}`", name = name);
        Text::new(
            format!("{} {}", self.held, place.en),
            format!("{} {ar}", place.ar),
        )
    }
}
