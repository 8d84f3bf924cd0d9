//! What identifies the account of a row: its platform, its handle and its address, which may stand in each other's
//! columns and contradict each other.

use super::addresses::{self, Address, address};
use super::cells;
use super::fields::Field;
use crate::schema::agency::Platform;
use crate::text;
use crate::text::Text;

/// What identifies an account.
pub(super) struct Identity {
    pub(super) platform: Platform,
    pub(super) handle: String,
    pub(super) url: Option<String>,
}

/// A cell whose value is not placed, and why.
pub(super) type Fault = (Field, Text);

/// What identifies the account of a row, out of its cells for the platform, the handle and the address.
pub(super) fn identify(
    cells: [Option<&str>; 3],
    faults: &mut Vec<Fault>,
) -> Result<Identity, Text> {
    let [platform_cell, handle_cell, url_cell] = cells;
    // An address may stand in the column of handles, and a handle in that of addresses.
    let in_handle = handle_cell.and_then(address);
    let in_url = url_cell.and_then(address);
    let own = handle_cell.filter(|_| in_handle.is_none());
    let with_handle = in_handle.as_ref().filter(|page| page.handle.is_some());
    let page = with_handle.or(in_url.as_ref()).or(in_handle.as_ref());
    let stray = url_cell.filter(|_| in_url.is_none());
    let stray = stray.filter(|cell| own.is_none() && page.is_none() && cell.starts_with('@'));
    if url_cell.is_some() && in_url.is_none() && stray.is_none() {
        faults.push((
            Field::Url,
            text!("it is no web address", "ليس عنوانًا إلكترونيًّا"),
        ));
    }
    let own = own.or(stray);
    let platform = chosen(platform_cell, page, own.is_some(), faults)?;
    let handle = handle(own, page, platform)?;
    let url = match (&in_url, &in_handle) {
        (Some(page), _) => fitting(page, Field::Url, platform, &handle, faults),
        (None, Some(page)) => fitting(page, Field::Handle, platform, &handle, faults),
        (None, None) => None,
    };
    Ok(Identity {
        platform,
        handle,
        url,
    })
}

/// The platform that the cell of platforms and the address of the page agree on.
fn chosen(
    cell: Option<&str>,
    page: Option<&Address>,
    has_handle: bool,
    faults: &mut Vec<Fault>,
) -> Result<Platform, Text> {
    let of_page = page.and_then(|page| page.platform);
    let named = cell.map(|cell| {
        let before_brackets = cell.split(['(', '/', '\u{2013}']).next().unwrap_or(cell);
        cells::platform(cell)
            .or_else(|| cells::platform(before_brackets))
            .or_else(|| address(&format!("{cell}/")).and_then(|found| found.platform))
    });
    match (named, of_page) {
        (Some(Some(named)), Some(of_page)) if named != of_page && !has_handle => {
            faults.push((
                Field::Platform,
                text!(
                    "the address leads to another platform",
                    "الرابط يقود إلى منصة أخرى",
                ),
            ));
            Ok(of_page)
        }
        (Some(Some(named)), _) => Ok(named),
        (Some(None), Some(of_page)) => {
            faults.push((Field::Platform, unknown_platform()));
            Ok(of_page)
        }
        (Some(None), None) => {
            faults.push((Field::Platform, unknown_platform()));
            Ok(Platform::Other)
        }
        (None, Some(of_page)) => Ok(of_page),
        (None, None) => Err(text!(
            "it names no platform, and no address shows one",
            "لا يذكر الصف منصة، ولا رابط يدل عليها",
        )),
    }
}

fn unknown_platform() -> Text {
    text!("the platform is not known", "المنصة غير معروفة")
}

/// The handle that the row gives, or the one in the address of the page.
fn handle(own: Option<&str>, page: Option<&Address>, platform: Platform) -> Result<String, Text> {
    if let Some(own) = own {
        return addresses::handle(own, platform);
    }
    match page.map(|page| (page.handle.as_deref(), page.is_number)) {
        Some((Some(handle), true)) => Ok(handle.to_owned()),
        Some((Some(handle), false)) => addresses::handle(handle, platform),
        Some((None, _)) => Err(text!(
            "it gives no handle, and its address leads to no account",
            "لا يذكر الصف معرّفًا، ورابطه لا يقود إلى حساب",
        )),
        None => Err(text!("it gives no handle", "لا يذكر الصف معرّفًا")),
    }
}

/// The address of the page, unless it is another account's.
fn fitting(
    page: &Address,
    field: Field,
    platform: Platform,
    handle: &str,
    faults: &mut Vec<Fault>,
) -> Option<String> {
    if page.platform.is_some_and(|of_page| of_page != platform) {
        faults.push((
            field,
            text!("it leads to another platform", "يقود إلى منصة أخرى",),
        ));
        return None;
    }
    match &page.handle {
        Some(other) if !page.is_number && other.to_lowercase() != handle.to_lowercase() => {
            faults.push((
                field,
                text!(
                    "it leads to `@{other}` and not to `@{handle}`",
                    "يقود إلى `@{other}` لا إلى `@{handle}`",
                    other = other,
                    handle = handle,
                ),
            ));
            None
        }
        _ => Some(page.url.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The platform, the handle and the address, and the fields that something is left over of.
    fn identified(cells: [&str; 3]) -> Option<(Platform, String, Option<String>, Vec<Field>)> {
        let mut faults = Vec::new();
        let cells = cells.map(|cell| (!cell.is_empty()).then_some(cell));
        let found = identify(cells, &mut faults).ok()?;
        let fields = faults.into_iter().map(|(field, _)| field).collect();
        Some((found.platform, found.handle, found.url, fields))
    }

    #[test]
    fn what_contradicts_itself_is_left_over_and_not_mixed() {
        let x = |url: Option<&str>, fields: Vec<Field>| {
            let url = url.map(str::to_owned);
            Some((Platform::X, "example_a".to_owned(), url, fields))
        };
        let page = "https://x.com/example_a";
        let other = "https://instagram.com/example_b";
        assert_eq!(identified(["X", "@example_a", page]), x(Some(page), vec![]));
        assert_eq!(identified(["", page, ""]), x(Some(page), vec![]));
        assert_eq!(identified(["", page, other]), x(None, vec![Field::Url]));
        assert_eq!(
            identified(["X", "example_a", other]),
            x(None, vec![Field::Url])
        );
        assert_eq!(
            identified(["IG", "", page]),
            x(Some(page), vec![Field::Platform])
        );
        assert_eq!(identified(["X", "", "@example_a"]), x(None, vec![]));
        assert_eq!(
            identified(["X", "example_a", "see site"]),
            x(None, vec![Field::Url])
        );
        let of_b = "https://x.com/example_b";
        assert_eq!(
            identified(["X", "example_a", of_b]),
            x(None, vec![Field::Url])
        );
        for nothing in [
            ["X", "", ""],
            ["", "example_a", ""],
            ["X", "", "https://x.com/search"],
        ] {
            assert_eq!(identified(nothing), None);
        }
    }
}
