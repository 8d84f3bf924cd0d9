//! Word lists: `terms` in `pack.yaml`, which the expressions of any pack read as `terms.<name>`. Every
//! mistake is a diagnostic where it stands.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Label};
use crate::expr::{Constant, Phrase, WordList, no_word_list};
use crate::pack::Packs;
use crate::pack::judge::Kept;
use crate::pack::model::PackFile;
use crate::text;
use crate::text::{Text, fold, nearest};
use crate::yaml::{Document, NodeId, Spanned};

/// A word list, as `pack.yaml` holds it under its name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermFile {
    /// What the words have in common.
    pub about: Text,
    /// The words, in every language in which documents use them. No two differ only in letter case,
    /// diacritics or variants of Arabic letters.
    #[schemars(length(min = 1))]
    pub words: Vec<Spanned<String>>,
}

/// A word list.
#[derive(Clone, Debug)]
pub struct Term {
    /// The name by which expressions read it.
    pub name: String,
    /// The pack that defines it.
    pub pack: String,
    /// What the words have in common.
    pub about: Text,
    /// The words: the pack's, then those that a user adds.
    pub words: Vec<String>,
    /// Where it is defined.
    place: Label,
}

impl Packs {
    /// Adds words to a list, whose name stands at a node; what is wrong with them comes back, at their places in
    /// the document.
    pub(crate) fn add_words(
        &mut self,
        name: (&str, NodeId),
        words: &[Spanned<String>],
        document: &Document,
    ) -> Vec<Diagnostic> {
        let Some(term) = self.terms.iter_mut().find(|term| term.name == name.0) else {
            return vec![unknown(self, name, document)];
        };
        let mut known: HashSet<String> = term.words.iter().map(|word| fold(word)).collect();
        // A list that comes to hold a word of its own must not break those who added it before.
        let added = words.iter().filter(|word| known.insert(fold(word)));
        term.words.extend(added.map(|word| word.value.clone()));
        check_words(words, document, name.0)
    }

    /// The names of the word lists, by their places.
    pub(crate) fn term_names(&self) -> Arc<[Box<str>]> {
        let names = self.terms.iter().map(|term| term.name.as_str().into());
        names.collect()
    }

    /// The word lists, as expressions read them.
    pub(crate) fn word_lists(&self) -> Arc<[WordList]> {
        let word = |word: &String| Constant::Str(word.as_str().into());
        let lists = self.terms.iter().map(|term| WordList {
            name: term.name.as_str().into(),
            words: Constant::List(term.words.iter().map(word).collect()),
            phrases: term.words.iter().map(|word| Phrase::of(word)).collect(),
        });
        lists.collect()
    }
}

/// Takes in the word lists of one `pack.yaml`.
pub(super) fn take(
    packs: &mut Packs,
    pack: &str,
    file: &mut PackFile,
    document: &Document,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let lists = document.get(document.root(), "terms");
    for (name, list) in std::mem::take(&mut file.terms) {
        let entry = lists.and_then(|lists| document.get(lists.value, &name));
        let key = entry.map_or(document.root(), |entry| entry.key);
        let place = Label::new(document.source(), document.span(key));
        if let Some(twin) = packs.terms.iter().find(|term| term.name == name) {
            diagnostics.push(twice(&name, place, twin));
            continue;
        }
        diagnostics.extend(check_name(&name, &place));
        diagnostics.extend(check_words(&list.words, document, &name));
        packs.terms.push(Term {
            name,
            pack: pack.to_owned(),
            about: list.about,
            words: list.words.into_iter().map(|word| word.value).collect(),
            place,
        });
    }
    diagnostics
}

fn unknown(packs: &Packs, (name, node): (&str, NodeId), document: &Document) -> Diagnostic {
    let known = || packs.terms.iter().map(|term| term.name.as_str());
    let help = nearest(name, known()).map_or_else(
        || {
            text!(
                "known word lists: {names}",
                "قوائم المفردات المعروفة: {names}",
                names = known().collect::<Vec<_>>().join(", "),
            )
        },
        text::did_you_mean,
    );
    Diagnostic::error("pack/terms", no_word_list(name))
        .with_label(Label::new(document.source(), document.span(node)))
        .with_help(help)
}

/// The names of the word lists that expressions read, out of all of them.
pub(super) fn read_by(kept: &[Kept], names: &[Box<str>]) -> Vec<String> {
    let read = |place: usize| kept.iter().any(|kept| kept.checked.reads_term(place));
    let names = names.iter().enumerate();
    let names = names.filter(|(place, _)| read(*place));
    names.map(|(_, name)| name.to_string()).collect()
}

fn twice(name: &str, place: Label, twin: &Term) -> Diagnostic {
    let message = text!(
        "the word list `{name}` is defined twice",
        "قائمة المفردات `{name}` معرَّفة مرتين",
        name = name,
    );
    Diagnostic::error("pack/terms", message)
        .with_label(place.with_text(text!("this one", "هذه")))
        .with_label(twin.place.clone().with_text(text!("and this one", "وهذه")))
        .with_help(text!("choose another name", "اختر اسمًا آخر"))
}

fn check_name(name: &str, place: &Label) -> Option<Diagnostic> {
    let mut letters = name.chars();
    let is_sound = letters.next().is_some_and(|c| c.is_ascii_lowercase())
        && letters.all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit());
    if is_sound {
        return None;
    }
    let message = text!(
        "`{name}` is no name for a word list",
        "`{name}` لا يصلح اسمًا لقائمة مفردات",
        name = name,
    );
    let help = text!(
        "write a small letter, then small letters, digits and underscores, such as `{example}`",
        "اكتب حرفًا لاتينيًا صغيرًا تليه أحرف صغيرة وأرقام وشرطات سفلية، مثل `{example}`",
        example = "office_titles",
    );
    let found = Diagnostic::error("pack/terms", message).with_label(place.clone());
    Some(found.with_help(help))
}

/// What is wrong with words: those that say nothing, and those that say what another one says.
fn check_words(words: &[Spanned<String>], document: &Document, list: &str) -> Vec<Diagnostic> {
    let mut known: HashMap<String, NodeId> = HashMap::new();
    let mut diagnostics = Vec::new();
    for word in words {
        let label = |node| Label::new(document.source(), document.span(node));
        let folded = fold(word);
        if !folded.chars().any(char::is_alphanumeric) {
            let message = text!(
                "this word has no letter in it",
                "لا يوجد في هذه المفردة أي حرف"
            );
            diagnostics.push(
                Diagnostic::error("pack/terms", message)
                    .with_label(label(word.node))
                    .with_help(text!(
                        "write a word, or leave it out",
                        "اكتب مفردة أو احذف الموضع"
                    )),
            );
            continue;
        }
        let Some(twin) = known.insert(folded, word.node) else {
            continue;
        };
        let message = text!(
            "`{word}` is in the list `{list}` twice",
            "`{word}` واردة مرتين في القائمة `{list}`",
            word = word.value,
            list = list,
        );
        let help = text!(
            "leave it out: letter case, diacritics and variants of Arabic letters make no difference",
            "احذفها، فلا فرق بين الأحرف الكبيرة والصغيرة ولا أثر للتشكيل ولا لصور الحرف العربي الواحد",
        );
        let already = label(twin).with_text(text!("here already", "وردت هنا من قبل"));
        diagnostics.push(
            Diagnostic::error("pack/terms", message)
                .with_label(label(word.node))
                .with_label(already)
                .with_help(help),
        );
    }
    diagnostics
}
