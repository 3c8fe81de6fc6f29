import Mapping
import Testing

/// Rows begin in line 6, behind the head and the currency.
@Suite("A mistake in a document")
struct ProblemTests {
    @Test(
        "in a row is shown where it stands",
        arguments: [
            (
                "  Curency: order.name",
                "6:3: fields.Curency: found no field Curency in dynamics.Header; expected perhaps Currency"
            ),
            (
                "  SalesOrderNumber: order.name",
                "6:3: fields.SalesOrderNumber: found SalesOrderNumber, which the flow fills itself; expected no rule: "
                    + "the record is found again by it"
            ),
            (
                "  Comment: order.nmae",
                "6:12: fields.Comment.from: found no field nmae in order; expected perhaps name"
            ),
            (
                "  Comment: ordr.name",
                "6:12: fields.Comment.from: found ordr.name, which begins with no known record; expected perhaps order"
            ),
            (
                "  Comment: order.address.town",
                "6:12: fields.Comment.from: found no field town in order.address; expected one of city, street"
            ),
            (
                "  Comment: order.name.first",
                "6:12: fields.Comment.from: found order.name, a single value, followed by .first; expected the path to "
                    + "end there"
            ),
            (
                "  Comment: order.name[0]",
                "6:12: fields.Comment.from: found order.name, which is no list, followed by an index; expected no index"
            ),
            (
                "  Comment: order.street",
                "6:12: fields.Comment.from: found order.street, a list; expected one value: an index such as "
                    + "order.street[0], or join"
            ),
            (
                "  Comment: order.street.first",
                "6:12: fields.Comment.from: found order.street, a list, followed by .first; expected an index such as "
                    + "order.street[0]"
            ),
            (
                "  Comment: order.address",
                "6:12: fields.Comment.from: found order.address, an object; expected one of its fields"
            ),
            (
                "  Comment: { from: [order.name, order.nam] }",
                "6:33: fields.Comment.from[1]: found no field nam in order; expected perhaps name"
            ),
            (
                "  Comment: { from: [order.name, order.name] }",
                "6:33: fields.Comment.from[1]: found order.name once more; expected each path once"
            ),
            (
                "  Comment: { from: [order.name, order.address], join: \" \" }",
                "6:33: fields.Comment.from[1]: found order.address, an object; expected texts to join"
            ),
            (
                "  Comment: { from: order name }",
                "6:20: fields.Comment.from: found \"order name\"; expected a path such as order.increment_id"
            ),
            (
                "  Comment: { from: [] }",
                "6:20: fields.Comment.from: found an empty list; expected a path such as order.increment_id"
            ),
            ("  Comment:", "6:11: fields.Comment.from: found nothing; expected a path such as order.increment_id"),
            ("  Comment: {}", "6:12: fields.Comment: found no source; expected one of from, constant, call, each"),
            (
                "  Comment: { from: order.name, constant: x }",
                "6:12: fields.Comment: found from and constant; expected one of from, constant, call, each"
            ),
            (
                "  Comment: { form: order.name }",
                "6:14: fields.Comment.form: found an unknown key; expected perhaps from"
            ),
            (
                "  Comment: { constant: x, join: \" \" }",
                "6:33: fields.Comment.join: found join; expected join only together with from"
            ),
            ("  Comment: [order.name]", "6:12: fields.Comment: found a list; expected a section of keys and values"),
            (
                "  Amount: { from: order.total, text: upper }",
                "6:38: fields.Amount.text: found a rule for text on order.total, a number; expected a rule for text only "
                    + "where text is read"
            ),
            ("  Amount: order.is_guest", "6:11: fields.Amount.from: found order.is_guest, a flag; expected a number"),
            (
                "  Amount: { from: order.created_at, number: { round: 2 } }",
                "6:45: fields.Amount.number: found a rule for numbers on order.created_at, a date; expected a rule for "
                    + "numbers only where one is read"
            ),
            (
                "  Amount: { from: order.total, number: { format: \"0.00\" } }",
                "6:50: fields.Amount.number.format: found a text form of a number; expected it only where the target "
                    + "takes text"
            ),
            (
                "  Amount: { from: order.total, number: {} }",
                "6:40: fields.Amount.number: found a rule that changes nothing; expected round, times, add, negate, "
                    + "format or comma"
            ),
            (
                "  Amount: { from: order.total, number: { round: 13 } }",
                "6:49: fields.Amount.number.round: found \"13\"; expected a whole number from 0 to 12"
            ),
            (
                "  Amount: { from: order.total, number: { times: x } }",
                "6:49: fields.Amount.number.times: found \"x\"; expected a number such as 0.01"
            ),
            (
                "  Comment: { from: order.total, number: { format: \"#,##\" } }",
                "6:51: fields.Comment.number.format: found \"#,##\"; expected 0, \"0.00\" or \"0,00\""
            ),
            (
                "  Requested: order.created_at",
                "6:14: fields.Requested.from: found order.created_at without a date form; expected date: noon, moment, "
                    + "day or stamp beside it"
            ),
            (
                "  Requested: { from: order.total, date: noon }",
                "6:41: fields.Requested.date: found a date form on order.total, a number; expected a date form only "
                    + "where a date is read"
            ),
            (
                "  Amount: { from: order.created_at, date: noon }",
                "6:19: fields.Amount.from: found order.created_at, a date; expected a number"
            ),
            (
                "  Requested: { from: order.created_at, date: midnight }",
                "6:46: fields.Requested.date: found \"midnight\"; expected one of noon, moment, day, stamp"
            ),
            (
                "  Requested: { from: order.created_at, date: { as: day, zone: Vienna } }",
                "6:63: fields.Requested.date.zone: found \"Vienna\"; expected a time zone such as Europe/Vienna"
            ),
            (
                "  Requested: { constant: soon }",
                "6:26: fields.Requested.constant: found the text \"soon\"; expected a date such as 2026-01-15"
            ),
            (
                "  Amount: { constant: much }",
                "6:23: fields.Amount.constant: found the text \"much\"; expected a number"
            ),
            (
                "  Street: { constant: Lindenweg 4, default: x }",
                "6:45: fields.Street.default: found default beside a constant; expected one of them; a constant always has "
                    + "a value"
            ),
            (
                "  Street: { constant: Lindenweg 4 Top 3 }",
                "6:23: fields.Street.constant: found 17 characters; expected at most 12"
            ),
            (
                "  Street: { from: order.name, default: Lindenweg 4 Top 3, cut: true }",
                "6:40: fields.Street.default: found 17 characters; expected at most 12"
            ),
            (
                "  Status: { constant: open }",
                "6:23: fields.Status.constant: found the text \"open\"; expected one of Open, Closed"
            ),
            (
                "  Status: order.total",
                "6:11: fields.Status.from: found order.total, a number; expected Open | Closed"
            ),
            (
                "  Skip: { constant: perhaps }",
                "6:21: fields.Skip.constant: found the text \"perhaps\"; expected Yes or No"
            ),
            (
                "  Comment: { constant: { a: b } }",
                "6:24: fields.Comment.constant: found a section; expected a text, a number, true or false"
            ),
            (
                "  Comment: { call: inicials, with: order.name }",
                "6:20: fields.Comment.call: found the unknown function inicials; expected perhaps initials"
            ),
            (
                "  Comment: { call: initials }",
                "6:20: fields.Comment.call: found 0 paths; expected 1 to 2 for initials"
            ),
            (
                "  Comment: { call: initials, with: [order.name, order.method, order.currency] }",
                "6:36: fields.Comment.with: found 3 paths; expected 1 to 2 for initials"
            ),
            (
                "  Mode: { from: order.method, table: shiping-methods, column: DeliveryModeCode }",
                "6:38: fields.Mode.table: found the unknown value table shiping-methods; expected perhaps "
                    + "shipping-methods"
            ),
            (
                "  Mode: { from: order.method, table: shipping-methods, column: ModeCode }",
                "6:64: fields.Mode.column: found no column ModeCode in shipping-methods; expected one of "
                    + "DeliveryModeCode, DeliveryTermsCode"
            ),
            (
                "  Mode: { from: order.method, table: shipping-methods }",
                "6:38: fields.Mode.column: found nothing; expected a column of the value table"
            ),
            (
                "  Mode: { from: order.method, column: x }",
                "6:39: fields.Mode.column: found column; expected column only together with table"
            ),
            (
                "  Mode: { from: order.method, table: units, column: Symbol, missing: ask }",
                "6:70: fields.Mode.missing: found \"ask\"; expected one of park, same, leave"
            ),
            (
                "  Mode: { from: order.method, table: units, column: Symbol, missing: leave, required: true }",
                "6:70: fields.Mode.missing: found leave on a required field; expected park, or a default"
            ),
            (
                "  Comment: { from: order.name, cut: true }",
                "6:37: fields.Comment.cut: found cut on a field of type text; expected it only on text with a length"
            ),
            (
                "  Comment: { from: order.name, cut: perhaps }",
                "6:37: fields.Comment.cut: found \"perhaps\"; expected true or false"
            ),
            (
                "  Comment: { from: order.name, default: x, required: true }",
                "6:54: fields.Comment.required: found required beside a default; expected one of them; a default is always "
                    + "there"
            ),
            (
                "  Comment: { from: order.name, when: { is: x } }",
                "6:38: fields.Comment.when.path: found nothing; expected a path"
            ),
            (
                "  Comment: { from: order.name, when: { path: order.nam } }",
                "6:46: fields.Comment.when.path: found no field nam in order; expected perhaps name"
            ),
            (
                "  Comment: { from: order.name, when: { path: order.street, is: x } }",
                "6:46: fields.Comment.when.path: found order.street, a list; expected one value to compare; or present"
            ),
            (
                "  Comment: { from: order.name, when: [{ path: order.method, is: a }, { path: order.method, is: b }] }",
                "6:38: fields.Comment.when: found conditions on order.method that never hold together; expected "
                    + "conditions that can hold"
            ),
            (
                "  Comment: { from: order.name, when: { path: order.name, is: [] } }",
                "6:62: fields.Comment.when.is: found a list; expected a word, or a list of words"
            ),
            (
                "  Comment: { from: order.name, when: { path: order.name, is: a, isNot: b } }",
                "6:38: fields.Comment.when: found is and isNot; expected one of them; a list of conditions where all must "
                    + "hold"
            ),
            (
                "  Comment: { from: order.name, split: { at: \" \", part: 0 } }",
                "6:39: fields.Comment.split: found an incomplete split; expected { at: \" \", part: 1 }; -1 is the last "
                    + "part"
            ),
            (
                "  Comment: { from: order.name, text: camel }",
                "6:38: fields.Comment.text: found \"camel\"; expected one of upper, lower, trim"
            ),
            (
                "  Comment: { from: order.name, replace: {} }",
                "6:41: fields.Comment.replace: found a section; expected { \"what\": \"by what\" }"
            ),
            (
                "  Comment: { from: order.name, pad: { to: 1000, with: \"0\" } }",
                "6:37: fields.Comment.pad: found an incomplete pad; expected { to: 9, with: \"0\" }: a length from 1 to "
                    + "100, and one character"
            ),
            (
                "  Comment: { from: order.name, default: { from: order.nam } }",
                "6:49: fields.Comment.default.from: found no field nam in order; expected perhaps name"
            ),
            (
                "  Lines: order.items",
                "6:10: fields.Lines.from: found order.items; expected a repeated part: each, mapping and as"
            ),
            (
                "  Lines: { each: order.items, mapping: lines, as: line }",
                "6:40: fields.Lines.mapping: found the unknown document lines; expected perhaps line"
            ),
            (
                "  Lines: { each: order.items, mapping: header, as: line }",
                "6:40: fields.Lines.mapping: found header, which makes dynamics.Header; expected list of dynamics.Line"
            ),
            (
                "  Lines: { each: order.items, mapping: line, as: item }",
                "6:50: fields.Lines.as: found item; expected line, which the paths of line begin with"
            ),
            (
                "  Lines: { each: order.name, mapping: line, as: line }",
                "6:18: fields.Lines.each: found order.name, a single value; expected a path that leads to a list"
            ),
            (
                "  Lines: { each: order.items, mapping: line }",
                "6:18: fields.Lines.as: found nothing; expected the first word of that document's paths, such as line"
            ),
            (
                "  Lines: { each: order.items, mapping: line, as: line, cut: true }",
                "6:61: fields.Lines.cut: found cut on a repeated part; expected it in the rules of that part's document"
            ),
            ("  ? [a]\n  : order.name", "6:5: fields: found a list; expected the name of a target field"),
            (
                "  Comment: order.name\n  Comment: order.method",
                "6:3: Comment: found the same key more than once in one section; expected each key once"
            ),
            (
                "  Comment: &a order.name",
                "6:12: found an anchor; expected no anchors and aliases: each rule for itself"
            ),
        ])
    func inARow(row: String, problem: String) throws {
        let problems = Fixture.problems(row)
        #expect(problems.contains("header.yaml:" + problem), "\(problems)")
        #expect(problems.count <= 2, "\(problems)")
    }
}
