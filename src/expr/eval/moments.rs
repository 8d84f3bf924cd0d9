//! Parts of dates and lengths of time, in a time zone if one is named.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::expr::eval::{Fault, Reason};
use crate::expr::functions;
use crate::expr::program::DatePart;
use crate::expr::value::Data;

pub(super) fn date_part<'a>(
    part: DatePart,
    value: Data<'a>,
    rest: &[Data<'a>],
) -> Result<Data<'a>, Fault> {
    let zone = match rest {
        [] => TimeZone::UTC,
        [Data::Str(name)] => functions::zone(name).ok_or(Fault::Failed(&Reason(
            "there is no such time zone",
            "لا توجد منطقة زمنية بهذا الاسم",
        )))?,
        _ => {
            return Err(Fault::Failed(&Reason(
                "a time zone is text",
                "المنطقة الزمنية نص",
            )));
        }
    };
    match (value, rest) {
        (Data::Timestamp(moment), _) => Ok(Data::Int(of_moment(part, moment, zone))),
        (Data::Duration(length), []) => {
            of_length(part, length)
                .map(Data::Int)
                .ok_or(Fault::Failed(&Reason(
                    "a length of time has no such part",
                    "لا يوجد هذا الجزء في المدة الزمنية",
                )))
        }
        _ => Err(Fault::Failed(&Reason("this is no date", "هذا ليس تاريخًا"))),
    }
}

fn of_moment(part: DatePart, moment: Timestamp, zone: TimeZone) -> i64 {
    let at = moment.to_zoned(zone);
    match part {
        DatePart::FullYear => at.year().into(),
        DatePart::Month => i64::from(at.month()) - 1,
        DatePart::Date => at.day().into(),
        DatePart::DayOfMonth => i64::from(at.day()) - 1,
        DatePart::DayOfWeek => at.weekday().to_sunday_zero_offset().into(),
        DatePart::DayOfYear => i64::from(at.day_of_year()) - 1,
        DatePart::Hours => at.hour().into(),
        DatePart::Minutes => at.minute().into(),
        DatePart::Seconds => at.second().into(),
        DatePart::Milliseconds => at.millisecond().into(),
    }
}

/// The whole length in hours, minutes or seconds; the milliseconds of its last second.
fn of_length(part: DatePart, length: SignedDuration) -> Option<i64> {
    Some(match part {
        DatePart::Hours => length.as_hours(),
        DatePart::Minutes => length.as_mins(),
        DatePart::Seconds => length.as_secs(),
        DatePart::Milliseconds => length.subsec_millis().into(),
        _ => return None,
    })
}
