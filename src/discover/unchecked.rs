//! The files in a folder that are not checked, with the reasons.

use schemars::JsonSchema;
use serde::Serialize;

use crate::text;
use crate::text::Text;

/// A file, folder or document that is not checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unchecked {
    /// The name that diagnostics show; a folder ends in `/`.
    pub name: String,
    /// The first line of a document that is not checked, in a file with others that are.
    pub line: Option<u32>,
    /// The reason why it is not checked.
    pub cause: Cause,
}

/// The reason why something is not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// It has no spokeslint document, and nothing that looks like one.
    NotOurs,
    /// It is not text, and nothing in it looks like a spokeslint document.
    Encoding,
    /// It is hidden, and git does not track it.
    Hidden,
    /// `.gitignore` matches it, and git does not track it.
    Ignored,
    /// A link out of the project, which is never followed.
    LinkOutside,
    /// A link to a file that is checked under its own name.
    LinkRepeated,
    /// A link whose target does not exist.
    LinkBroken,
    /// A device, pipe or socket.
    Irregular,
    /// The settings exclude it.
    Excluded,
    /// Its name looks like YAML or JSON but has another extension, such as `agency.yaml.bak`.
    OtherSuffix,
    /// It is settings, waivers, the baseline, or a file of a pack.
    Settings,
    /// It is not a YAML or JSON file by name.
    OtherType,
}

impl Cause {
    /// All causes, in the order in which they are listed.
    pub const ALL: [Self; 12] = [
        Self::NotOurs,
        Self::Encoding,
        Self::Hidden,
        Self::Ignored,
        Self::LinkOutside,
        Self::LinkRepeated,
        Self::LinkBroken,
        Self::Irregular,
        Self::Excluded,
        Self::OtherSuffix,
        Self::Settings,
        Self::OtherType,
    ];

    /// The name by which programs know it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotOurs => "not-ours",
            Self::Encoding => "encoding",
            Self::Hidden => "hidden",
            Self::Ignored => "ignored",
            Self::LinkOutside => "link-outside",
            Self::LinkRepeated => "link-repeated",
            Self::LinkBroken => "link-broken",
            Self::Irregular => "irregular",
            Self::Excluded => "excluded",
            Self::OtherSuffix => "other-suffix",
            Self::Settings => "settings",
            Self::OtherType => "other-type",
        }
    }

    /// Returns whether a summary mentions such files without being asked. The rest is what everybody expects.
    pub const fn is_told(self) -> bool {
        !matches!(self, Self::Excluded | Self::Settings | Self::OtherType)
    }

    /// The cause in a few words.
    pub fn text(self) -> Text {
        match self {
            Self::NotOurs => text!("no spokeslint document", "ليس من مستندات spokeslint"),
            Self::Encoding => text!("not UTF-8", "ليس بترميز UTF-8"),
            Self::Hidden => text!("hidden", "اسم مخفي"),
            Self::Ignored => text!("ignored by git", "مُدرَج في `.gitignore`"),
            Self::LinkOutside => text!("link out of the project", "رابط إلى خارج المشروع"),
            Self::LinkRepeated => text!("link to a checked file", "رابط إلى ملف يُفحص"),
            Self::LinkBroken => text!("broken link", "رابط معطّل"),
            Self::Irregular => text!("not a regular file", "ليس ملفًا عاديًا"),
            Self::Excluded => text!("excluded by the settings", "استبعدته الإعدادات"),
            Self::OtherSuffix => text!("other file extension", "امتداد آخر"),
            Self::Settings => text!("settings", "إعدادات"),
            Self::OtherType => text!("other type", "نوع آخر"),
        }
    }
}
