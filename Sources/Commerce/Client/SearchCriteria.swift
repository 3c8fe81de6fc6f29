import HTTPClient

/// The query of a list call: at most one filter, and a page.
/// https://developer.adobe.com/commerce/webapi/rest/use-rest/performing-searches
///
/// Should more filters come, their indices must stay below 10: from there on versions differ in how they sort
/// parameters for an OAuth signature.
struct SearchCriteria {
    /// The field must be equal to the value.
    var filter: (field: String, value: String)?
    var pageSize: Int
    /// From 1.
    var page = 1
    /// What the answer is cut down to: `items[entity_id],total_count`.
    var fields: String?

    /// From the question mark on, percent-encoded.
    var query: String {
        var parameters: [(name: String, value: String)] = []
        if let filter {
            let prefix = "searchCriteria[filterGroups][0][filters][0]"
            parameters.append(("\(prefix)[field]", filter.field))
            parameters.append(("\(prefix)[value]", filter.value))
            parameters.append(("\(prefix)[conditionType]", "eq"))
        }
        parameters.append(("searchCriteria[pageSize]", String(pageSize)))
        parameters.append(("searchCriteria[currentPage]", String(page)))
        if let fields { parameters.append(("fields", fields)) }
        return "?" + PercentEncoding.form(parameters)
    }
}
