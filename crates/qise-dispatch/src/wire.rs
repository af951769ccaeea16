//! The lines of a conversation.

use qise::model::Time;
use qise::{Text, text};
use qise_io::time::Zone;
use serde_json::{Map, Value, json};

use crate::command::{Command, Question};
use crate::engine::{Submit, read_time};
use crate::outcome::Answer;
use crate::refusal::Refusal;

/// The most bytes of a line.
pub const MOST_OF_A_LINE: usize = 1 << 20;

/// What a line asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// To change something.
    Submit(Submit),
    /// To tell something.
    Question(Question),
}

/// A line that was read: who it is answered to, and what it asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What the client calls it; nothing where that could not be read.
    pub id: Value,
    /// What it asks for, or why that cannot be told.
    pub asked: Result<Asked, Refusal>,
}

impl Line {
    /// Reads a line. Local times are in `zone`.
    pub fn read(bytes: &[u8], zone: &Zone) -> Self {
        match fields(bytes) {
            Ok(mut fields) => {
                let id = fields.remove("id").unwrap_or_default();
                Self { id, asked: asked(fields, zone) }
            }
            Err(refusal) => Self { id: Value::Null, asked: Err(refusal) },
        }
    }

    /// A line that is longer than [`MOST_OF_A_LINE`].
    pub fn too_long() -> Self {
        let words = text!(
            "the line is longer than {MOST_OF_A_LINE} bytes; the rest of it is skipped",
            "该行超过 {MOST_OF_A_LINE} 字节；其余部分已跳过"
        );
        Self { id: Value::Null, asked: Err(Refusal::new("line_too_long", words)) }
    }
}

fn fields(bytes: &[u8]) -> Result<Map<String, Value>, Refusal> {
    let words = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Refusal::new(
            "not_utf8",
            text!("the line is not UTF-8, from byte {at}", "该行从第 {at} 字节起不是 UTF-8"),
        )
    })?;
    match serde_json::from_str(words) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Refusal::new("syntax", text!("the line is no JSON object", "该行不是 JSON 对象"))),
        Err(error) => Err(Refusal::new("syntax", text!("invalid JSON ({error})", "JSON 有误（{error}）"))),
    }
}

fn asked(mut fields: Map<String, Value>, zone: &Zone) -> Result<Asked, Refusal> {
    match (fields.get("do").cloned(), fields.get("ask").cloned()) {
        (Some(word), None) => {
            known(&word, &Command::WORDS)?;
            let key = text_of(&mut fields, "key")?;
            let actor = text_of(&mut fields, "actor")?.unwrap_or_default();
            let at = text_of(&mut fields, "at")?;
            let at = at.ok_or_else(|| Refusal::new("missing_field", text!("`at` is missing", "缺少 at")))?;
            let at: Time = read_time(&at, zone)?;
            let command =
                serde_json::from_value::<Command>(Value::Object(fields)).map_err(|error| bad(&error))?;
            Ok(Asked::Submit(Submit { key, at, actor, command }))
        }
        (None, Some(word)) => {
            known(&word, &Question::WORDS)?;
            let question = serde_json::from_value(Value::Object(fields)).map_err(|error| bad(&error))?;
            Ok(Asked::Question(question))
        }
        (None, None) => Err(Refusal::new("missing_field", text!("neither `do` nor `ask`", "缺少 do 或 ask"))),
        (Some(_), Some(_)) => {
            Err(Refusal::new("conflict", text!("both `do` and `ask`", "do 与 ask 只能有其一")))
        }
    }
}

fn known(word: &Value, words: &[&str]) -> Result<(), Refusal> {
    if word.as_str().is_some_and(|word| words.contains(&word)) {
        return Ok(());
    }
    let all = words.join(", ");
    let words = text!("{word} is none of {all}", "{word} 不在以下各项之中：{all}");
    Err(Refusal::new("unknown_command", words))
}

fn text_of(fields: &mut Map<String, Value>, name: &str) -> Result<Option<String>, Refusal> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => {
            let words = text!("`{name}` is text, not {other}", "{name} 应为文本，而非 {other}");
            Err(Refusal::new("wrong_type", words))
        }
    }
}

/// What is wrong with the fields of a command or a question. The reader of JSON says so in English alone, with names in backquotes.
fn bad(error: &serde_json::Error) -> Refusal {
    let said = error.to_string();
    let mut names = said.split('`').skip(1).step_by(2);
    let first = names.next().unwrap_or_default();
    let others = names.collect::<Vec<_>>().join(", ");
    let (code, words) = if said.starts_with("unknown field") && others.is_empty() {
        (
            "unknown_field",
            text!("there is no field `{first}`: it has none", "没有字段 {first}：此处不含任何字段"),
        )
    } else if said.starts_with("unknown field") {
        let words = text!("there is no field `{first}`, only {others}", "没有字段 {first}，只有：{others}");
        ("unknown_field", words)
    } else if said.starts_with("missing field") {
        ("missing_field", text!("`{first}` is missing", "缺少 {first}"))
    } else if said.starts_with("unknown variant") {
        ("unknown_value", text!("{first:?} is none of {others}", "{first:?} 不在以下各项之中：{others}"))
    } else {
        ("wrong_type", Text::new(said.clone(), format!("字段类型有误：{said}")))
    };
    Refusal::new(code, words)
}

/// The line that answers a command.
pub fn answered(id: &Value, answer: &Answer) -> String {
    json!({ "id": id, "seq": answer.seq, "outcome": answer.outcome }).to_string()
}

/// The line that answers a question.
pub fn told(id: &Value, answer: &Value) -> String {
    json!({ "id": id, "answer": answer }).to_string()
}

/// The line that refuses.
pub fn refused(id: &Value, refusal: &Refusal) -> String {
    json!({ "id": id, "error": refusal.to_json() }).to_string()
}

/// The line that acknowledges everything up to an entry.
pub fn durable(seq: u64) -> String {
    json!({ "durable": seq }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(line: &str) -> &'static str {
        match Line::read(line.as_bytes(), &Zone::utc()).asked {
            Ok(_) => "ok",
            Err(refusal) => refusal.code,
        }
    }

    #[test]
    fn a_line_is_a_command_a_question_or_a_typed_error() {
        for (line, expected) in [
            (r#"{"id":1,"key":"k","at":"2026-11-24T09:00:00Z","do":"tick"}"#, "ok"),
            (r#"{"id":1,"at":"2026-11-24T09:00","do":"accept","offer":3}"#, "ok"),
            (r#"{"id":1,"ask":"status"}"#, "ok"),
            (r#"{"id":1,"ask":"rank","need":"a"}"#, "ok"),
            (r#"{"id":1,"ask":"rank"}"#, "missing_field"),
            (r#"{"id":1,"ask":"status","colour":"red"}"#, "unknown_field"),
            (r#"{"id":1,"at":"2026-11-24T09:00","do":"tick","colour":"red"}"#, "unknown_field"),
            (r#"{"id":1,"do":"tick"}"#, "missing_field"),
            (r#"{"id":1,"at":"noon","do":"tick"}"#, "bad_time"),
            (r#"{"id":1,"at":5,"do":"tick"}"#, "wrong_type"),
            (r#"{"id":1,"at":"2026-11-24T09:00","do":"accept","offer":-3}"#, "wrong_type"),
            (r#"{"id":1,"at":"2026-11-24T09:00","do":"decline","offer":3,"reason":"lazy"}"#, "unknown_value"),
            (r#"{"id":1,"at":"2026-11-24T09:00","do":"dance"}"#, "unknown_command"),
            (r#"{"id":1,"do":"tick","ask":"plan"}"#, "conflict"),
            (r#"{"id":1}"#, "missing_field"),
            ("[1]", "syntax"),
            ("{", "syntax"),
            ("", "syntax"),
        ] {
            assert_eq!(code(line), expected, "{line}");
        }
        assert_eq!(Line::read(b"\xff", &Zone::utc()).asked.unwrap_err().code, "not_utf8");
        assert_eq!(Line::read(br#"{"id":"x","do":"dance"}"#, &Zone::utc()).id, "x");
    }

    #[test]
    fn what_is_wrong_with_a_field_is_said_in_both_languages() {
        let told = |line: &str| {
            let text = Line::read(line.as_bytes(), &Zone::utc()).asked.unwrap_err().text;
            (text.en, text.zh)
        };
        let at = r#""at":"2026-11-24T09:00","do":"decline","offer":3"#;
        for (line, en, zh) in [
            (format!("{{{at}}}"), "`reason` is missing", "缺少 reason"),
            (
                format!(r#"{{{at},"reason":"lazy"}}"#),
                r#""lazy" is none of busy, too_far, unwell, not_skilled, no_transport, other"#,
                r#""lazy" 不在以下各项之中：busy, too_far, unwell, not_skilled, no_transport, other"#,
            ),
            (
                format!(r#"{{{at},"why":"lazy"}}"#),
                "there is no field `why`, only offer, reason",
                "没有字段 why，只有：offer, reason",
            ),
            (
                r#"{"ask":"status","why":1}"#.to_owned(),
                "there is no field `why`: it has none",
                "没有字段 why：此处不含任何字段",
            ),
        ] {
            assert_eq!(told(&line), (en.to_owned(), zh.to_owned()), "{line}");
        }
    }

    #[test]
    fn every_word_is_a_command_or_a_question() {
        for word in Command::WORDS {
            let line = format!(r#"{{"at":"2026-11-24T09:00:00Z","do":"{word}"}}"#);
            assert!(matches!(code(&line), "ok" | "missing_field"), "{word}");
        }
        for word in Question::WORDS {
            assert!(matches!(code(&format!(r#"{{"ask":"{word}"}}"#)), "ok" | "missing_field"), "{word}");
        }
    }
}
