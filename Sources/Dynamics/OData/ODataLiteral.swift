/// String literals of OData expressions and keys.
enum ODataLiteral {
    /// In single quotes, with quotes inside doubled (OData 4.0 ABNF, `SQUOTE-in-string`); not yet percent-encoded.
    static func quote(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}
