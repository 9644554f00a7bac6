//! `report`: the matrix as Markdown and CSV, the page in one piece, and two runs compared. What the page does in a
//! browser is tested in `tests/reports`.

use crate::folder::Folder;

const GOOD: &str = "---- MODULE m ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\n\
                    Spec == Init /\\ [][Next]_x\n====\n";

/// A LET that is written with `=`, and a fence.
const BAD: &str = "```tla\n---- MODULE m ----\nEXTENDS Naturals\nVARIABLE y\nA == y = 1 /\\ LET z = 1 IN y' = z\n\
                   Init == y = 0\nNext == A\nSpec == Init /\\ [][Next]_y\n====\n```\n";

const PROMPT: &str = "CRITICAL OUTPUT REQUIREMENTS:\n1. The MODULE name must be exactly \"m\" (---- MODULE m ----)\n\
                      2. Return only the TLA+ module, no Markdown fences\n";

fn folder() -> Folder {
    Folder::with(&[
        ("r/big/1/m.tla", GOOD),
        ("r/big/2/m.tla", BAD),
        ("r/small/1/m.tla", BAD),
        ("r/small/2/m.tla", GOOD),
        ("p.prompt.md", PROMPT),
    ])
}

#[test]
fn csv_has_a_line_for_each_reply_and_a_column_for_each_clause() {
    let run = folder().run(&["report", "r", "--format", "csv", "--prompt", "p.prompt.md"]);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 5, "{run:?}");
    assert!(lines[0].starts_with("path,folder,module,prompt,problem,errors,"), "{}", lines[0]);
    assert!(lines[0].ends_with("output.module-name,output.fences"), "{}", lines[0]);
    assert!(lines[1].starts_with("r/big/1/m.tla,big,m,p.prompt.md,,0,"), "{}", lines[1]);
    assert!(lines[1].ends_with(",met,met"), "{}", lines[1]);
    assert!(lines[2].ends_with(",met,violated"), "{}", lines[2]);
}

#[test]
fn markdown_has_rates_by_folder_and_signs_by_clause() {
    let run = folder().run(&["report", "r", "--format", "markdown", "--prompt", "p.prompt.md", "--title", "A|B"]);
    for expected in
        ["# A\\|B\n", "| big | 2 | 75 % |", "| big/2/m.tla | ✓ | ⊘ |", "| syntax/let-equals | error |", "⊘ violated"]
    {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
}

#[test]
fn the_page_fetches_nothing_and_is_the_same_each_time() {
    let folder = folder();
    let page = || {
        let run = folder.run(&["report", "r", "-o", "a.html", "-o", "a.md", "--prompt", "p.prompt.md"]);
        assert_eq!(run.code, 0, "{run:?}");
        assert!(folder.read("a.md").contains("| big/2/m.tla |"));
        folder.read("a.html")
    };
    let first = page();
    assert!(first.contains("default-src 'none'"), "the browser is told to fetch nothing");
    for word in ["http://", "https://", "src=", "@import", "url("] {
        assert!(!first.contains(word), "{word}");
    }
    assert_eq!(first, page());
}

#[test]
fn no_text_of_a_reply_becomes_a_part_of_the_page() {
    let folder =
        Folder::with(&[("<b>x</b>/m.tla", GOOD), ("y/m.tla", "---- MODULE m ----\n</script><script>alert(1)")]);
    let prompt = "CRITICAL OUTPUT REQUIREMENTS:\n1. </script><img src=x> The module name must be exactly \"m\"\n";
    folder.write("p.md", prompt);
    let run = folder.run(&["report", ".", "--prompt", "p.md", "--title", "<i>t</i>"]);
    for word in ["<b>x", "<img", "<i>t", "alert(1)"] {
        assert!(!run.out.contains(word), "{word}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_a_row() {
    let folder = folder();
    folder.write("r/small/3/m.tla", b"\xff");
    let run = folder.run(&["report", "r", "--format", "csv", "--prompt", "p.prompt.md"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.out.contains("r/small/3/m.tla,small,,"), "{run:?}");
    assert!(run.out.contains("is not UTF-8 at byte 0"), "{run:?}");
}

#[test]
fn an_older_run_tells_what_is_better_and_what_is_gone() {
    let folder = folder();
    folder.write("r/gone/1/m.tla", GOOD);
    folder.write("old.json", folder.run(&["check", "r", "--format", "json", "--prompt", "p.prompt.md"]).out);
    std::fs::remove_file(folder.path("r/gone/1/m.tla")).unwrap();
    folder.write("r/small/1/m.tla", GOOD);
    let against = ["report", "r", "--prompt", "p.prompt.md", "--against", "old.json", "--format"];
    let run = folder.run(&[&against[..], &["markdown"]].concat());
    let expected = "Since the older run: 1 verdicts better, 0 worse; 0 findings new,";
    assert!(run.out.contains(expected), "{run:?}");
    assert!(run.out.contains("1 file of the older run not among them"), "{run:?}");
    let page = folder.run(&[&against[..], &["html"]].concat()).out;
    assert!(page.contains(expected), "the page says it too");
}

#[test]
fn a_name_that_does_not_say_the_form_is_told() {
    let folder = folder();
    let run = folder.run(&["report", "r", "-o", "report.pdf"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains(".html, .md or .csv"), "{run:?}");
    assert_eq!(folder.run(&["report", "r", "-o", "report.pdf", "--format", "csv"]).code, 0);
}
