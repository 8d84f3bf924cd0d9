//! `frameworks/<id>.yaml`: one framework a file, with the items that rules may cite.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Label};
use crate::pack::Packs;
use crate::pack::load::stem;
use crate::pack::model::{Framework, Item};
use crate::text;
use crate::yaml::{Document, Spanned};

/// Takes in one framework, and says what is wrong with it.
pub(super) fn take(
    packs: &mut Packs,
    path: &str,
    (framework, document): (Framework, &Document),
) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = misnamed(&framework, stem(path), document)
        .into_iter()
        .collect();
    if packs
        .frameworks
        .iter()
        .any(|known| *known.id == *framework.id)
    {
        diagnostics.push(fault(
            document,
            &framework.id,
            text!(
                "there are two frameworks called `{id}`",
                "يوجد إطاران تنظيميان باسم `{id}`",
                id = framework.id.value,
            ),
        ));
    }
    diagnostics.extend(twins(&framework.items, document));
    packs.frameworks.push(framework);
    diagnostics
}

fn fault(document: &Document, name: &Spanned<String>, message: text::Text) -> Diagnostic {
    let label = Label::new(document.source(), document.span(name.node));
    Diagnostic::error("pack/framework", message).with_label(label)
}

/// A framework is found by the name of its file, so this must be its id.
fn misnamed(framework: &Framework, stem: &str, document: &Document) -> Option<Diagnostic> {
    if *framework.id == stem {
        return None;
    }
    let message = text!(
        "the framework `{id}` stands in a file called `{stem}`",
        "الإطار التنظيمي `{id}` في ملف اسمه `{stem}`",
        id = framework.id.value,
        stem = stem,
    );
    let help = text!(
        "give the file and the framework the same name",
        "اجعل اسم الملف والإطار واحدًا",
    );
    Some(fault(document, &framework.id, message).with_help(help))
}

/// Items that stand twice.
fn twins(items: &[Item], document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut first: HashMap<&str, &Item> = HashMap::with_capacity(items.len());
    for item in items {
        let twin = *first.entry(&item.item).or_insert(item);
        if std::ptr::eq(twin, item) {
            continue;
        }
        let message = text!(
            "the item `{item}` is listed twice",
            "البند `{item}` مذكور مرتين",
            item = item.item.value,
        );
        let first = Label::new(document.source(), document.span(twin.item.node));
        let first = first.with_text(text!("listed first here", "ورد أولًا هنا"));
        diagnostics.push(fault(document, &item.item, message).with_label(first));
    }
    diagnostics
}
