//! An empty ledger to fill in: all sheets with their headings, notes and lists to choose from, and a sheet that explains them.

use qise::Lang;
use qise::model::Category;
use qise_io::datum::Datum;

use crate::book::{Book, Cell, Choices, Looks, Sheet};
use crate::table::{Column, EXPLANATIONS, Kind, List, SETTINGS, SETTINGS_SHEET, SHEETS, SheetSpec};
use crate::write::in_lang;

/// An empty ledger whose headings are in a language.
pub fn template(lang: Lang) -> Book {
    let mut sheets = vec![explanations(lang)];
    sheets.extend(SHEETS.into_iter().map(|spec| sheet(spec, lang)));
    sheets.insert(1, settings(lang));
    Book { sheets }
}

fn sheet(spec: &'static SheetSpec, lang: Lang) -> Sheet {
    let headings = spec.columns.iter().map(|column| {
        let mark = if column.is_required { "*" } else { "" };
        Cell::of_text(in_lang(lang, [column.zh, column.en]).to_owned() + mark)
    });
    let columns = || spec.columns.iter().enumerate();
    let notes = columns().map(|(c, column)| (c, note(column))).collect();
    let choices = columns().filter_map(|(c, column)| Some((c, choices(column, lang)?))).collect();
    let looks = Looks { headings: 1, notes, choices, is_wide: true };
    Sheet { name: in_lang(lang, [spec.zh, spec.en]).to_owned(), rows: vec![headings.collect()], looks }
}

/// What a column is for, in both languages, with an example.
fn note(column: &Column) -> String {
    let [en, zh] = column.about;
    let example = if column.example.is_empty() { String::new() } else { format!("\n{}", column.example) };
    format!("{} {}\n{zh}\n{en}{example}", column.zh, column.en)
}

/// What may be chosen in a column.
fn choices(column: &Column, lang: Lang) -> Option<Choices> {
    let words = |words: Vec<&str>| Some(Choices::Words(words.into_iter().map(str::to_owned).collect()));
    match column.kind {
        Kind::Flag => words(in_lang(lang, ["是 否", "yes no"]).split(' ').collect()),
        Kind::Choice(all) => {
            words(all.iter().map(|word| in_lang(lang, [word.words[0], word.value])).collect())
        }
        Kind::AskedGender => words(in_lang(lang, ["女 男", "female male"]).split(' ').collect()),
        Kind::Ref(List::Categories) => {
            let colours = Category::seven_colours();
            let names = colours.iter().map(|colour| match lang {
                Lang::Zh => colour.name.zh.clone(),
                Lang::En => colour.key.clone(),
            });
            Some(Choices::Words(names.collect()))
        }
        Kind::Ref(list) => of_sheet(list, lang),
        Kind::Spot | Kind::RideTo => of_sheet(List::Places, lang),
        _ => None,
    }
}

/// The names that stand on the sheet of a list.
fn of_sheet(list: List, lang: Lang) -> Option<Choices> {
    let spec = SHEETS.into_iter().find(|spec| spec.list == list)?;
    let column = spec.columns.iter().position(|column| column.field == "name")?;
    Some(Choices::Column { sheet: in_lang(lang, [spec.zh, spec.en]).to_owned(), column })
}

fn settings(lang: Lang) -> Sheet {
    let mut rows = vec![vec![
        Cell::of_text(in_lang(lang, SETTINGS_SHEET[1])),
        Cell::of_text(in_lang(lang, SETTINGS_SHEET[2])),
    ]];
    for setting in SETTINGS.iter().filter(|setting| !setting.example.is_empty()) {
        let value = match setting.field {
            "time_zone" => "Asia/Shanghai",
            "datum" => Datum::Wgs84.as_str(),
            _ => "",
        };
        rows.push(vec![Cell::of_text(in_lang(lang, [setting.zh, setting.en])), Cell::of_text(value)]);
    }
    let looks = Looks { headings: 1, ..Looks::default() };
    Sheet { name: in_lang(lang, SETTINGS_SHEET[0]).to_owned(), rows, looks }
}

/// All sheets and columns in words; this sheet is not read.
fn explanations(lang: Lang) -> Sheet {
    let words = |zh: &str, en: &str| Cell::of_text(in_lang(lang, [zh, en]));
    let mut rows = vec![vec![
        words("表", "sheet"),
        words("列", "column"),
        words("必填", "required"),
        words("说明", "meaning"),
        words("示例", "example"),
    ]];
    let about = |[en, zh]: [&'static str; 2]| Cell::of_text(in_lang(lang, [zh, en]));
    for spec in SHEETS {
        let name = || Cell::of_text(in_lang(lang, [spec.zh, spec.en]));
        rows.push(vec![name(), Cell::Empty, Cell::Empty, about(spec.about)]);
        for column in spec.columns {
            let required = if column.is_required { words("是", "yes") } else { Cell::Empty };
            let heading = Cell::of_text(in_lang(lang, [column.zh, column.en]));
            let example = Cell::of_text(column.example);
            rows.push(vec![name(), heading, required, about(column.about), example]);
        }
    }
    for setting in &SETTINGS {
        let heading = Cell::of_text(in_lang(lang, [setting.zh, setting.en]));
        let example = Cell::of_text(setting.example);
        let name = Cell::of_text(in_lang(lang, SETTINGS_SHEET[0]));
        rows.push(vec![name, heading, Cell::Empty, about(setting.about), example]);
    }
    let looks = Looks { headings: 1, is_wide: true, ..Looks::default() };
    Sheet { name: in_lang(lang, EXPLANATIONS).to_owned(), rows, looks }
}
