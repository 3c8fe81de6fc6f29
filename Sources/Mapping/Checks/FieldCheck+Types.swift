import JSON

extension FieldCheck {
    /// Follows a value's type through the rule's parts to the target's.
    mutating func rule(reading: SourceShape.Reading, at part: String, of path: MappingPath?) {
        let rule = field.rule
        var reading = reading
        let textRule = ["split", "replace", "text"].first { isGiven($0) }
        if let textRule {
            if [.number, .flag].contains(reading) {
                note(
                    textRule, found: "a rule for text on \(path?.description ?? "a value"), \(reading.label)",
                    expected: "a rule for text only where text is read")
                return
            }
            reading = .text
        }
        if rule.table != nil { reading = .text }
        if let number = rule.number {
            if [.flag, .date].contains(reading) {
                note(
                    "number", found: "a rule for numbers on \(path?.description ?? "a value"), \(reading.label)",
                    expected: "a rule for numbers only where one is read")
                return
            }
            reading = number.format == nil ? .number : .text
        }
        if rule.date != nil {
            if [.number, .flag].contains(reading) {
                note(
                    "date", found: "a date form on \(path?.description ?? "a value"), \(reading.label)",
                    expected: "a date form only where a date is read")
                return
            }
            reading = .date
        }
        if rule.padding != nil { reading = .text }
        arrives(reading, at: part, of: path)
    }

    /// What comes out at the end, against what the target takes.
    private mutating func arrives(_ reading: SourceShape.Reading, at part: String, of path: MappingPath?) {
        let what = path?.description ?? "the value"
        switch (target.kind, reading) {
        case (.decimal, .flag), (.decimal, .date), (.integer, .flag), (.integer, .date):
            note(part, found: "\(what), \(reading.label)", expected: "a number")
        case (.date, .text) where field.rule.date == nil && field.rule.table == nil && path != nil,
            (.date, .date) where field.rule.date == nil && path != nil:
            note(part, found: "\(what) without a date form", expected: "date: noon, moment, day or stamp beside it")
        case (.date, .number), (.date, .flag):
            note(part, found: "\(what), \(reading.label)", expected: "a date")
        case (.noYes, .date), (.boolean, .date): note(part, found: "\(what), a date", expected: "a flag")
        case (.choice, .number), (.choice, .flag), (.choice, .date):
            note(part, found: "\(what), \(reading.label)", expected: target.kind.label)
        default: break
        }
    }

    /// A constant is known now, so that it can be tried as it will be later.
    mutating func constant(_ value: JSONValue) {
        guard field.rule.table == nil else { return }
        var row = field
        row.rule.conditions = []
        do throws(MappingFault) {
            _ = try FieldEvaluation(
                mapping: "", field: row, target: target, functions: [:], records: [:], scope: "",
                values: NoValues()
            ).value()
        } catch {
            misfit(error, "constant")
        }
    }

    mutating func fits(_ value: JSONValue, _ part: String) {
        do throws(ValueFit.Misfit) {
            // Whoever writes a default sees how long it is: that it may be cut is for what comes from outside.
            _ = try ValueFit(kind: target.kind, mayCut: false).fit(value)
        } catch {
            switch error {
            case .tooLong(let text, let longest):
                note(part, found: "\(text.utf16.count) characters", expected: "at most \(longest)")
            case .unfit(let value, let expected):
                note(part, found: JSONNode(value: value).found, expected: expected)
            }
        }
    }

    private mutating func misfit(_ fault: MappingFault, _ part: String) {
        switch fault {
        case .tooLong(_, _, let text, let longest):
            note(part, found: "\(text.utf16.count) characters", expected: "at most \(longest)")
        case .unfit(_, _, let found, let expected):
            note(part, found: found.replacing(" at constant", with: ""), expected: expected)
        case .nothing: note(part, found: "a constant of which nothing is left", expected: "a value")
        case .missingValue, .unknownMapping: break
        }
    }

    /// Parts of a rule that can never do anything.
    mutating func uselessParts() {
        let rule = field.rule
        if case .constant = rule.source {
            for part in ["default", "required", "cut"] where isGiven(part) {
                note(part, found: "\(part) beside a constant", expected: "one of them; a constant always has a value")
            }
        }
        if case .each = rule.source {
            let others = [
                "default", "split", "replace", "text", "table", "number", "date", "pad", "cut",
            ]
            for part in others where isGiven(part) {
                note(part, found: "\(part) on a repeated part", expected: "it in the rules of that part's document")
            }
        } else if case .records = target.kind, case .constant = rule.source {
            note("constant", found: "a constant", expected: "a repeated part: each, mapping and as")
        }
        if rule.mayCut, !target.kind.isBounded {
            note(
                "cut", found: "cut on a field of type \(target.kind.label)", expected: "it only on text with a length"
            )
        }
        if rule.isRequired, case .constant? = rule.fallback {
            note("required", found: "required beside a default", expected: "one of them; a default is always there")
        }
        if rule.table?.whenMissing == .leave, rule.isRequired, rule.fallback == nil {
            note("missing", found: "leave on a required field", expected: "park, or a default")
        }
        if rule.number?.format != nil, [.decimal, .integer].contains(target.kind) {
            note("number.format", found: "a text form of a number", expected: "it only where the target takes text")
        }
        if rule.number == NumberRule(), rule.number != nil {
            note(
                "number", found: "a rule that changes nothing", expected: "round, times, add, negate, format or comma"
            )
        }
        contradictions()
    }

    /// Conditions that exclude each other.
    private mutating func contradictions() {
        let conditions = field.rule.conditions
        for (index, condition) in conditions.enumerated() {
            for earlier in conditions[..<index] where earlier.path == condition.path {
                guard earlier.excludes(condition) else { continue }
                note(
                    "when", found: "conditions on \(condition.path) that never hold together",
                    expected: "conditions that can hold")
            }
        }
    }

    private func isGiven(_ part: String) -> Bool { field.places.parts["fields.\(field.name).\(part)"] != nil }
}

extension MappingCondition {
    fileprivate func excludes(_ other: MappingCondition) -> Bool {
        switch (test, other.test) {
        case (.isPresent(let left), .isPresent(let right)): left != right
        case (.isOneOf(let left), .isOneOf(let right)): Set(left).isDisjoint(with: right)
        case (.isOneOf(let words), .isNoneOf(let others)), (.isNoneOf(let others), .isOneOf(let words)):
            Set(words).isSubset(of: others)
        case (.isAbove(let least), .isBelow(let most)), (.isBelow(let most), .isAbove(let least)): least >= most
        default: false
        }
    }
}

extension SourceShape.Reading {
    fileprivate var label: String {
        switch self {
        case .text: "a text"
        case .number: "a number"
        case .flag: "a flag"
        case .date: "a date"
        case .list: "a list"
        case .object: "an object"
        case .unknown: "anything"
        }
    }
}

extension TargetField.Kind {
    fileprivate var isBounded: Bool {
        switch self {
        case .text(let longest), .texts(let longest): longest != nil
        default: false
        }
    }
}
