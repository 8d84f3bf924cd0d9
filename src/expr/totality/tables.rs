//! What random expressions are made of: paths, operations that may fault, and conditions that may prove that
//! they do not.

/// Access paths by what they lead to; `@i` is a variable of a loop over `r.items`, where there is one.
const NUMBERS: [&str; 15] = [
    "size(r.two)",
    "r.two[1]",
    "r.n",
    "r.p",
    "r.q",
    "options.k",
    "size(r.l)",
    "size(r.t)",
    "r.m.a",
    "@i.n",
    "int(today)",
    "today.getFullYear()",
    "r.t.indexOf('a')",
    "dyn(r.n)",
    "@v",
];
const DOUBLES: [&str; 3] = ["r.f", "@i.f", "double(r.n)"];
const TEXTS: [&str; 6] = ["r.t", "r.w", "@i.t", "'ab'", "(r.t + 'a')", "r.t.trim()"];
const LISTS: [&str; 12] = [
    "r.two",
    "(r.ds + [today])",
    "(r.fs + r.fs)",
    "r.fs",
    "r.l",
    "r.ts",
    "r.ds",
    "r.items",
    "@i.items",
    "(r.l + [1])",
    "r.t.split('-')",
    "r.l.filter(k, k > 0)",
];
const MAPS: [&str; 3] = ["r.m", "r.md", "{'a': 1, 'b': 2}"];
const TIMES: [&str; 8] = [
    "r.d",
    "today",
    "@i.d",
    "timestamp('9999-12-30')",
    "timestamp('0001-01-01')",
    "r.md.a",
    "(r.d + r.s)",
    "(today - options.within)",
];
const SPANS: [&str; 8] = [
    "r.s",
    "options.within",
    "days(300)",
    "days(100000)",
    "(today - r.d)",
    "duration('2400000h')",
    "(r.s + r.s)",
    "days(r.p)",
];
const OPEN: [&str; 6] = [
    "r.any",
    "r['x-any']",
    "r['x-n']",
    "r.e",
    "@i['x-any']",
    "r['x-any'].a",
];
const OPTIONALS: [&str; 7] = [
    "r.?p",
    "r.?any",
    "r.?d",
    "r.l[?0]",
    "r.items[?1].?d",
    "optional.none()",
    "r.?items[?0].?n",
];

/// What may fault on a number, on a text, …; `@` is the value, `#` what it holds where it is optional.
const OF_NUMBERS: [&str; 19] = [
    "@ / -1",
    "10 / @",
    "10 % @",
    "@ / 3",
    "@ + 1",
    "@ - 2",
    "@ * 3",
    "-@",
    "@ * @",
    "@ / @",
    "uint(@)",
    "days(@)",
    "['a', 'b', 'c'][@]",
    "'abc'.charAt(@)",
    "'abc'.substring(@)",
    "'abcd'.substring(1, @)",
    "timestamp(@)",
    "today + days(@)",
    "r.l[@]",
];
const OF_DOUBLES: [&str; 5] = ["int(@)", "uint(@)", "@ / 0.0", "string(@)", "int(@ * 2.0)"];
const OF_TEXTS: [&str; 15] = [
    "{'a': 1, @: 2}",
    "string(bytes(@))",
    "'%q'.format([@])",
    "@.charAt(0)",
    "@.charAt(1)",
    "@.substring(1)",
    "@.substring(1, 2)",
    "@.indexOf('a', 1)",
    "int(@)",
    "@.lastIndexOf('a', 2)",
    "double(@)",
    "@.substring(@.indexOf('a'))",
    "bool(@)",
    "'%d'.format([@])",
    "'%s'.format([@])",
];
const OF_LISTS: [&str; 13] = [
    "@.all(k, k < today)",
    "@.exists(k, k + 1.5 > 0.0)",
    "@.all(k, k.startsWith('a'))",
    "@.join()",
    "@[0]",
    "@[1]",
    "@[size(@) - 1]",
    "@[-1]",
    "@.map(k, k)[0]",
    "@.transformMapEntry(i, k, {i: k})",
    "@.transformMapEntry(i, k, {k: i})",
    "@.exists(k, @[0] == k)",
    "@.all(i, k, @[i] == k)",
];
const OF_MAPS: [&str; 7] = [
    "@.a",
    "@['b']",
    "@.all(k, @[k] == @[k])",
    "@[r.t]",
    "@.map(k, k + 'x')",
    "@.a == @.b",
    "@.transformMap(k, v, @[k])",
];
const OF_TIMES: [&str; 9] = [
    "@ + days(1)",
    "@ - today",
    "today - @",
    "@ - r.s",
    "@ + options.within",
    "@ - timestamp('1900-01-01')",
    "int(@) * 2",
    "@ + (@ - today)",
    "@.getFullYear() * 1000",
];
const OF_SPANS: [&str; 8] = [
    "@ + @",
    "@ - days(9)",
    "-@",
    "today + @",
    "today - @ - @",
    "@ + days(106000)",
    "@.getHours() * 60",
    "r.d + @ + @",
];
const OF_OPEN: [&str; 18] = [
    "@ + 1",
    "@ < 3",
    "size(@)",
    "@[0]",
    "@.a",
    "@.all(x, x == 1)",
    "10 / @",
    "int(@)",
    "(@ ? 1 : 2)",
    "string(@)",
    "@.?a",
    "@ == 1",
    "'a' in @",
    "@.map(k, k + 1)",
    "@ * 2.0",
    "@ + 'a'",
    "type(@) == int",
    "@.transformList(k, v, k)",
];
const OF_OPTIONALS: [&str; 7] = [
    "10 / #",
    "#.hasValue()",
    "[#][0] == @.value()",
    "@.value()",
    "@.orValue(1)",
    "@.optMap(o, o).value()",
    "@.or(optional.of(1)).value()",
];

/// What may prove that it does not.
const BY_NUMBERS: [&str; 21] = [
    "@ != 0",
    "@ > 0",
    "@ >= 0 && @ < 3",
    "@ > -9 && @ < 1000000",
    "@ > -5 && @ <= 2",
    "!(@ == 0)",
    "@ in [1, 2]",
    "@ == 2",
    "!(@ < 0 || @ > 2)",
    "(@ == 1 || @ == 2)",
    "0 < @ && 9 > @",
    "@ < 2.5 && @ > -0.5",
    "@ < 1e18 && @ > 0",
    "@ >= 0",
    "@ <= 3",
    "!(@ >= 3) && !(@ < 0)",
    "(@ > 0 ? @ < 3 : false)",
    "@ < size(r.l) && @ >= 0",
    "type(@) == int && @ == 1",
    "0 != @",
    "dyn(@) != timestamp(0)",
];
const BY_DOUBLES: [&str; 5] = [
    "@ > 0.0 && @ < 1e9",
    "@ < 1e18 && @ > -1e18",
    "!(@ > 1e9) && !(@ < 0.0)",
    "@ == 1.5",
    "@ >= 0 && @ <= 7",
];
const BY_TEXTS: [&str; 7] = [
    "size(@) > 1",
    "@ != ''",
    "@.size() >= 2",
    "@ == 'ab'",
    "!(size(@) < 3)",
    "size(@) == 1",
    "size(@) != 0",
];
const BY_LISTS: [&str; 11] = [
    "size(@) > 0",
    "@.size() >= 2",
    "size(@) != 0",
    "@ != []",
    "@.exists(k, true)",
    "!(@.size() < 2)",
    "size(@) == 2",
    "!@.all(k, false)",
    "has(@[0].n)",
    "@ != dyn('')",
    "size(@) != dyn(duration('0s'))",
];
const BY_MAPS: [&str; 6] = [
    "'a' in @",
    "has(@.a)",
    "has(@.a) && 'b' in @",
    "r.t in @",
    "('a' in @ || 'b' in @)",
    "!(size(@) < 2)",
];
const BY_TIMES: [&str; 4] = [
    "@ < timestamp('2100-01-01')",
    "@ > timestamp('1950-01-01') && @ < today",
    "@ == today",
    "@ >= today",
];
const BY_SPANS: [&str; 4] = [
    "@ < days(36525)",
    "@ < days(9) && @ > days(-9)",
    "@ > days(0)",
    "@ == days(2)",
];
const BY_OPEN: [&str; 14] = [
    "type(@) == int",
    "type(@) == list",
    "type(@) == list && size(@) > 0",
    "type(@) == map && 'a' in @",
    "has(@.a)",
    "type(@) == string",
    "type(@) == double",
    "type(@) == bool",
    "@ != null",
    "type(@) == int && @ != 0",
    "type(@) == int && @ > -9 && @ < 9",
    "type(@) == map",
    "!(type(@) != int) && @ == 1",
    "(type(@) == int || type(@) == double)",
];
const BY_OPTIONALS: [&str; 6] = [
    "@.hasValue()",
    "!(!@.hasValue())",
    "@.hasValue() || true",
    "@ != dyn(0)",
    "type(@) == optional_type",
    "@ == optional.of(1)",
];

/// The tables of one kind of value: paths, uses, guards.
pub(super) type Tables = (
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

/// Numbers and lists stand there more often, because they can fault in more ways.
pub(super) const KINDS: [Tables; 12] = [
    (&LISTS, &OF_LISTS, &BY_LISTS),
    (&NUMBERS, &OF_NUMBERS, &BY_NUMBERS),
    (&NUMBERS, &OF_NUMBERS, &BY_NUMBERS),
    (&NUMBERS, &OF_NUMBERS, &BY_NUMBERS),
    (&DOUBLES, &OF_DOUBLES, &BY_DOUBLES),
    (&TEXTS, &OF_TEXTS, &BY_TEXTS),
    (&LISTS, &OF_LISTS, &BY_LISTS),
    (&MAPS, &OF_MAPS, &BY_MAPS),
    (&TIMES, &OF_TIMES, &BY_TIMES),
    (&SPANS, &OF_SPANS, &BY_SPANS),
    (&OPEN, &OF_OPEN, &BY_OPEN),
    (&OPTIONALS, &OF_OPTIONALS, &BY_OPTIONALS),
];
