#[test]
fn scratch() {
    let Ok(list) = std::env::var("SCRATCH") else { return };
    for path in list.split_whitespace().map(str::to_owned).chain(std::env::var("SCRATCH_LIST").ok().map(|f| std::fs::read_to_string(f).unwrap()).unwrap_or_default().lines().map(str::to_owned)) {
        if path == "-" { continue }
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let t = std::time::Instant::now();
        let document = crate::Document::from(text.as_str());
        let ms = t.elapsed().as_millis();
        let mut out = vec![];
        let mut refused = vec![];
        for unit in document.units() {
            let name = match &unit.syntax.item { crate::syntax::tree::Item::Definition(d) => d.ident.name.to_string(), other => format!("{:?}", other).chars().take(12).collect() };
            for slip in &unit.syntax.slips {
                let at = document.text().position(slip.span.start + unit.range.span.start, crate::text::Encoding::Utf32);
                out.push(format!("{}:{} {:?} {} [{}]", at.line + 1, at.column + 1, slip.kind, slip.message, name));
            }
            if let Some(r) = unit.syntax.refused { let at = document.text().line_of(unit.range.span.start); refused.push(format!("{:?} {} {}", r, name, at+1)); }
            if let crate::syntax::tree::Item::Definition(d) = &unit.syntax.item && unit.syntax.slips.is_empty() && unit.syntax.refused.is_none() { if let crate::syntax::tree::Body::Expression(e) = &d.body && e.is_broken() { refused.push(format!("BROKEN {name}")) } }
        }
        println!("{}\t{}\t{}\t{}\t{:?}\t{}", path, ms, out.len(), out.first().cloned().unwrap_or_default(), refused, document.layout().closed);
        if std::env::var("VERBOSE").is_ok() { for o in out { println!("     {o}"); } }
    }
}
