/// `Edm.DateTimeOffset` (OData ABNF, `dateTimeOffsetValue`): a zone is required.
enum ODataDate {
    static func isDateTimeOffset(_ text: String) -> Bool {
        let pattern = /(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(:(\d{2})(\.\d{1,12})?)?(Z|[+-]\d{2}:\d{2})/
        guard let match = text.wholeMatch(of: pattern), let month = Int(match.2), let day = Int(match.3),
            let hour = Int(match.4), let minute = Int(match.5)
        else { return false }
        return (1...12).contains(month) && (1...31).contains(day) && hour < 24 && minute < 60
    }
}
