//! Counted things in the grammar of both languages.

use super::{Lang, Text};

/// A noun with the forms that counting needs.
pub(crate) struct Noun {
    /// English: one, more.
    pub(crate) en: [&'static str; 2],
    /// Arabic: one, two, few (3 to 10), many (11 and more). One and two contain the number.
    pub(crate) ar: [&'static str; 4],
}

impl Noun {
    /// How many there are, in words.
    pub(crate) fn count(&self, count: usize, lang: Lang) -> String {
        match lang {
            Lang::En => {
                let word = self.en[usize::from(count != 1)];
                format!("{count} {word}")
            }
            Lang::Ar => match (count, count % 100) {
                (1, _) => self.ar[0].to_owned(),
                (2, _) => self.ar[1].to_owned(),
                (_, 3..=10) => format!("{count} {}", self.ar[2]),
                // Nothing and whole hundreds stand before the singular without the ending of the many.
                (0, _) | (100.., 0..=2) => format!("{count} {}", bare(self.ar[3])),
                _ => format!("{count} {}", self.ar[3]),
            },
        }
    }

    /// How many there are, in both languages.
    pub(crate) fn both(&self, count: usize) -> Text {
        Text::new(self.count(count, Lang::En), self.count(count, Lang::Ar))
    }
}

/// The first word without the ending of the accusative: «100 يوم» beside «11 يومًا».
fn bare(many: &str) -> String {
    let (noun, rest) = many.split_once(' ').unwrap_or((many, ""));
    let noun = noun
        .strip_suffix("\u{64b}ا")
        .or_else(|| noun.strip_suffix('\u{64b}'))
        .unwrap_or(noun);
    if rest.is_empty() {
        noun.to_owned()
    } else {
        format!("{noun} {rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_agrees_with_the_number() {
        let day = Noun {
            en: ["day", "days"],
            ar: ["يوم واحد", "يومين", "أيام", "يومًا"],
        };
        let counts = [
            0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103, 110, 111, 200, 1000,
        ];
        let shown = counts.map(|count| day.count(count, Lang::Ar));
        assert_eq!(
            shown.join("|"),
            "0 يوم|يوم واحد|يومين|3 أيام|10 أيام|11 يومًا|99 يومًا|100 يوم|101 يوم|102 يوم|103 أيام|\
             110 أيام|111 يومًا|200 يوم|1000 يوم"
        );
        assert_eq!(day.count(1, Lang::En), "1 day");
        assert_eq!(day.both(0).en, "0 days");
        assert_eq!(bare("خطأً"), "خطأ");
        assert_eq!(bare("ملفًا جرى تجاوزها"), "ملف جرى تجاوزها");
    }
}
