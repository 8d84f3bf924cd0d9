//! Tables that are broken or mean harm: one clear message or a sound file, never more.

use super::{agencies, init, misshapen, put, read};

fn is_sent(character: char) -> bool {
    (character.is_control() && character != '\n') || matches!(character, '\u{202a}'..='\u{202e}')
}

#[test]
fn what_is_no_table_of_accounts_is_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[u8], &str); 9] = [
        (b"", "it is empty"),
        (b"\n;;;\n\n", "it is empty"),
        (b"1,2,3\n4,5,6\n", "no row with the names of the columns"),
        (b"platform,handle\nx,a\0b\n", "line 2 holds a NUL character"),
        (b"platform,handle\nx,\"a\nx,b\n", "never closed"),
        (b"PK\x03\x04rest", "it is a workbook"),
        (b"\xff\xfea", "is not valid UTF-16LE"),
        (
            b"platform,handle,PIN\nx,a,1234\n",
            "`PIN` looks as if it held secrets",
        ),
        (
            "platform,handle,كلمه المرور\nx,a,1234\n".as_bytes(),
            "looks as if it held secrets",
        ),
    ];
    for (bytes, words) in cases {
        put(folder.path(), "t.csv", bytes);
        let made = init(folder.path(), &["--from", "t.csv"]);
        assert_eq!((made.code, made.out.as_str()), (2, ""), "{words}");
        assert_eq!(made.err.lines().count(), 1, "{}", made.err);
        assert!(made.err.contains(words), "{}", made.err);
        assert!(!made.err.contains("1234"));
        let arabic = init(folder.path(), &["--from", "t.csv", "--lang", "ar"]);
        assert!(arabic.err.contains("تعذّر استيراد"), "{}", arabic.err);
    }
    assert_eq!(init(folder.path(), &["--from", "none.csv"]).code, 2);
    assert!(!folder.path().join("spokeslint.yaml").exists());
}

#[test]
fn names_and_values_that_would_act_are_shown_and_files_stay_in_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    let table = "agency,platform,handle,display name,notes,we\u{1b}[31mird,weird,weird,::warning::w\n\
        ../../etc/x,x,example_a,\"=cmd()\n::error::\",\u{1b}[31m\u{202e},\u{202e},<<,&a *b\n\
        C:\\con,x,\"a\nb\",,,,,\n\
        \"::error::\u{1b}[2J\",x,example_b,,,,,\n\
        \"##[group]\",x,\u{1b}[31mx,\u{2066}name,,,,\n\
        .,x,example_c,- a: b,'\"# yes,no,~,!!int\n\
        Ragged,x\n\
        Ragged,x,example_d,,,,,,,beyond,far\n";
    put(folder.path(), "t.csv", table);
    let made = init(folder.path(), &["--from", "t.csv"]);
    assert_eq!(made.code, 1, "{}", made.err);
    assert!(!made.out.contains(is_sent), "{:?}", made.out);
    assert!(!made.out.contains("##["), "{}", made.out);
    let mut lines = made.out.lines().map(str::trim_start);
    assert!(!lines.any(|line| line.starts_with("::")), "{}", made.out);
    let files = agencies(folder.path());
    assert!(
        files
            .iter()
            .any(|path| path.ends_with("agencies/etc-x.yaml")),
        "{files:?}"
    );
    for path in files {
        let text = read(&path);
        assert_eq!(misshapen(&text), [""; 0], "{}:\n{text}", path.display());
        assert!(!text.contains(is_sent), "{text:?}");
    }
    assert!(made.out.contains("7 rows:"), "{}", made.out);
}

#[test]
fn a_cell_of_megabytes_is_kept_whole_and_shown_short() {
    let folder = tempfile::tempdir().unwrap();
    let long = "z".repeat(3_000_000);
    let table = format!("agency,platform,handle,notes\nA,x,example_a,{long}\n{long},x,{long},\n");
    put(folder.path(), "t.csv", table);
    let made = init(folder.path(), &["--from", "t.csv"]);
    assert!(made.out.len() < 10_000, "{}", made.out.len());
    assert!(
        made.out.contains("2 rows: 1 placed whole, 0 placed with"),
        "{}",
        made.out
    );
    assert!(read(&folder.path().join("agencies/a.yaml")).contains(&long));
}

#[test]
fn many_rows_are_many_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let row = |number: u32| format!("A{},x,example_{number},agency", number % 50);
    let rows: Vec<String> = (0..20_000).map(row).collect();
    let rows = rows.join("\n");
    put(
        folder.path(),
        "t.csv",
        format!("agency,platform,handle,type\n{rows}"),
    );
    let made = init(folder.path(), &["--from", "t.csv"]);
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(
        made.out.contains("accounts: 20000, agencies: 50"),
        "{}",
        made.out
    );
}
