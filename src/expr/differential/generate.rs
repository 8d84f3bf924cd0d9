//! Random expressions with a type in mind, so that most of them have a value. In a form, `@` and a letter stand
//! for an expression of the type whose variable has that name, `@a` for any.

use proptest::strategy::{BoxedStrategy, Strategy, Union};

/// The letter of each type, what its expressions begin with, and the forms that yield it.
#[rustfmt::skip]
const TYPES: [(char, &[&str], &[&str]); 12] = [
    ('i', &[
        "0", "1", "-1", "2", "i", "3", "9223372036854775807", "-9223372036854775808", "0x1F"
    ], &[
        "(@i + @i)", "(@i - @i)", "(@i * @i)", "(@i / @i)", "(@i % @i)", "-@i", "size(@s)", "size(@l)",
        "@m.size()", "size(@y)", "size(@m.map(s, @a))", "size(@m.filter(s, @b))", "int(@d)", "int(@u)",
        "int(@s)", "int(@t)", "int(@i)", "@s.indexOf(@s)", "@s.indexOf(@s, @i)", "@s.lastIndexOf(@s)",
        "@s.lastIndexOf(@s, @i)", "(@b ? @i : @i)", "@l[@i]", "@m['a']", "@m.a", "@m[@s]",
        "@o.orValue(@i)", "@o.value()", "@t.getFullYear()", "@t.getMonth()", "@t.getDate()",
        "@t.getDayOfMonth()", "@t.getDayOfWeek()", "@t.getDayOfYear()", "@t.getHours()",
        "@t.getMinutes()", "@t.getSeconds()", "@t.getMilliseconds()", "@t.getHours('Asia/Riyadh')",
        "@t.getDate('-03:30')", "@r.getHours()", "@r.getMinutes()", "@r.getSeconds()",
        "@r.getMilliseconds()"
    ]),
    ('u', &[
        "0u", "1u", "u", "18446744073709551615u", "0xFFu"
    ], &[
        "(@u + @u)", "(@u - @u)", "(@u * @u)", "(@u / @u)", "(@u % @u)", "uint(@i)", "uint(@d)",
        "uint(@s)", "(@b ? @u : @u)"
    ]),
    ('d', &[
        "0.0", "-0.0", "1.5", "-2.5", "d", "1e308", "(1.0 / 0.0)", "(0.0 / 0.0)", "9007199254740993.0",
        "9223372036854775807.0", "0.1", ".5e-3"
    ], &[
        "(@d + @d)", "(@d - @d)", "(@d * @d)", "(@d / @d)", "-@d", "double(@i)", "double(@u)",
        "double(@s)", "(@b ? @d : @d)"
    ]),
    ('s', &[
        "''", "'a'", "s", "'aba'", "'كلمة'", "'\\u0645\\n\\'\"'", "r'\\d'", "'12'", "'-1.5'", "'true'",
        "'é\\U0001F600'", "'  b '", "'2018-07-10T00:00:00Z'", "'inf'"
    ], &[
        "(@s + @s)", "string(@i)", "string(@d)", "string(@u)", "string(@b)", "string(@y)",
        "string(@t)", "string(@r)", "string(@s)", "@s.charAt(@i)", "@s.lowerAscii()",
        "@s.upperAscii()", "@s.trim()", "@s.replace(@s, @s)", "@s.replace(@s, @s, @i)",
        "@s.substring(@i)", "@s.substring(@i, @i)", "@l.join()", "@l.join(@s)",
        "@s.split(@s).join('-')", "@s.reverse()", "strings.quote(@s)", "'%s'.format([@a])",
        "'%d|%s'.format([@i, @s])", "'%.2f'.format([@d])", "'%e'.format([@d])", "'%x'.format([@a])",
        "'%X'.format([@s])", "'%b'.format([@a])", "'%o'.format([@i])", "'%d'.format([@a])",
        "'%f'.format([@a])", "'%.1e'.format([@a])", "(@b ? @s : @s)", "@l[@i]"
    ]),
    ('b', &[
        "true", "false", "b"
    ], &[
        "(@a == @a)", "(@a != @a)", "(@i == @d)", "(@l == @l)", "(@m == @m)", "(@i < @i)",
        "(@i <= @d)", "(@u > @i)", "(@d >= @u)", "(@d < @d)", "(@s < @s)", "(@s >= @s)", "(@b < @b)",
        "(@t < @t)", "(@r <= @r)", "(@y > @y)", "(@a < @a)", "(@a in @l)", "(@a in @m)", "(@s in @m)",
        "(@i in @l)", "(@b && @b)", "(@b || @b)", "(@a && @b)", "(@b || @a)", "!@b", "(@b ? @b : @b)",
        "@l.all(i, @b)", "@l.all(i, i != @a)", "@l.exists(s, @b)", "@l.exists(s, s == @a)",
        "@l.exists_one(d, @b)", "@m.all(s, @b)", "@m.exists(s, @b)", "has(@m.a)", "has(@m.b)",
        "@s.contains(@s)", "@s.startsWith(@s)", "@s.endsWith(@s)", "@s.matches('^a|م+')",
        "matches(@s, '[0-9]')", "bool(@s)", "bool(@b)", "@o.hasValue()", "@l[@i]",
        "(type(@a) == type(@a))", "(type(@a) == @k)"
    ]),
    ('y', &[
        "b''", "b'a'", "y", "b'\\xff\\000'", "b'م'"
    ], &[
        "(@y + @y)", "bytes(@s)", "bytes(@y)", "(@b ? @y : @y)"
    ]),
    ('n', &[
        "null"
    ], &[
        "(@b ? null : @a)"
    ]),
    ('l', &[
        "[]", "l", "['a', 'b']", "[1, 2, 3]", "[true, false]", "[1u, 1, 1.0]", "[[1], []]", "[null]"
    ], &[
        "[@a]", "[@a, @a]", "[@i, @i]", "[@s, @s]", "(@l + @l)", "@l.filter(i, @b)",
        "@l.filter(i, i == @a)", "@l.map(i, @a)", "@l.map(i, i + @i)", "@l.map(i, @b, @a)",
        "@s.split(@s)", "@s.split(@s, @i)", "(@b ? @l : @l)", "[?@o]", "[?@o, @a]"
    ]),
    ('m', &[
        "{}", "m", "{'a': 1}", "{1: 'a', 2u: 'b'}", "{true: null}", "{'a': {'a': 1}}", "{1u: 2}"
    ], &[
        "{@s: @a}", "{@i: @a}", "{@u: @a, @i: @a}", "{@b: @a}", "{@s: @a, @s: @a}",
        "{'a': @a, 'b': @a}", "{@a: @a}", "(@b ? @m : @m)", "{?@s: @o}"
    ]),
    ('t', &[
        "t", "timestamp('0001-01-01T00:00:00Z')", "timestamp('2024-02-29T23:59:59.999999999Z')",
        "timestamp('2018-07-10T00:00:00+03:00')"
    ], &[
        "(@t + @r)", "(@r + @t)", "(@t - @r)", "timestamp(@i)", "timestamp(@t)", "(@b ? @t : @t)",
        "timestamp(@s)"
    ]),
    ('r', &[
        "r", "duration('0s')", "duration('-1.5s')", "duration('2562047h')", "duration('1h2m3s4ms')"
    ], &[
        "(@r + @r)", "(@r - @r)", "(@t - @t)", "duration(@r)", "(@b ? @r : @r)"
    ]),
    ('o', &[
        "optional.none()", "optional.of(1)", "m.?a", "m.?z", "l[?0]", "l[?9]", "optional.of('a')"
    ], &[
        "optional.of(@a)", "optional.ofNonZeroValue(@a)", "@m.?a", "@m[?@s]", "@l[?@i]", "@o.or(@o)",
        "@o.?a", "@o[?@i]", "@o.optMap(i, @a)", "@o.optFlatMap(i, @o)", "(@b ? @o : @o)"
    ]),
];

/// Types as values, which are not nested.
const KINDS: [&str; 8] = [
    "int",
    "double",
    "string",
    "list",
    "map",
    "null_type",
    "bool",
    "type(t)",
];

/// How deep forms stand in forms.
const LEVELS: usize = 3;

/// An expression of any type.
pub(super) fn expression() -> BoxedStrategy<String> {
    let mut level: Vec<_> = TYPES
        .iter()
        .map(|(letter, leaves, _)| (*letter, select(leaves)))
        .collect();
    for _ in 0..LEVELS {
        level = TYPES
            .iter()
            .map(|(letter, leaves, forms)| {
                let forms = forms.iter().map(|form| (2, filled(form, &level)));
                let leaf = (u32::try_from(forms.len()).unwrap(), select(leaves));
                let all = std::iter::once(leaf).chain(forms).collect();
                (*letter, Union::new_weighted(all).boxed())
            })
            .collect();
    }
    any(&level)
}

fn select(words: &'static [&'static str]) -> BoxedStrategy<String> {
    proptest::sample::select(words)
        .prop_map(str::to_owned)
        .boxed()
}

fn any(level: &[(char, BoxedStrategy<String>)]) -> BoxedStrategy<String> {
    Union::new(level.iter().map(|(_, strategy)| strategy.clone())).boxed()
}

/// A form whose places hold what one level below yields.
fn filled(form: &'static str, level: &[(char, BoxedStrategy<String>)]) -> BoxedStrategy<String> {
    let mut pieces = form.split('@');
    let head = pieces.next().unwrap_or("");
    let (places, rests): (Vec<_>, Vec<_>) = pieces
        .map(|piece| {
            let letter = piece.chars().next().unwrap();
            let known = level.iter().find(|(known, _)| *known == letter);
            let place = match (letter, known) {
                ('k', _) => select(&KINDS),
                (_, Some((_, strategy))) => strategy.clone(),
                _ => any(level),
            };
            (place, piece.strip_prefix(letter).unwrap_or(""))
        })
        .unzip();
    places
        .prop_map(move |parts| {
            let tail = parts
                .iter()
                .zip(&rests)
                .map(|(part, rest)| format!("{part}{rest}"));
            head.to_owned() + &tail.collect::<String>()
        })
        .boxed()
}
