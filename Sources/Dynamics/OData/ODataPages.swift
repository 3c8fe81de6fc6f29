/// The pages of a read, each asked for when the one before has been dealt with, so that a long list never is in memory
/// as a whole. Ends with an `ODataFault` like any call.
public struct ODataPages<Row: ODataRow>: AsyncSequence, Sendable {
    let client: ODataClient
    let call: ODataCall
    let firstURL: String
    let maxPages: Int

    public func makeAsyncIterator() -> Iterator { Iterator(pages: self, next: firstURL) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let pages: ODataPages
        fileprivate var next: String?
        private var count = 0

        fileprivate init(pages: ODataPages, next: String?) {
            self.pages = pages
            self.next = next
        }

        public mutating func next() async throws -> ODataPage<Row>? {
            guard let url = next else { return nil }
            guard count < pages.maxPages else { throw ODataFault.tooManyPages(pages.call, limit: pages.maxPages) }
            count += 1
            let page = try await pages.client.get(pages.call, url).decode(ODataPage<Row>.self)
            next = try page.nextLink.map { link in
                guard pages.client.root.isOrigin(of: link) else { throw ODataFault.foreignNextLink(pages.call) }
                return link
            }
            return page
        }
    }
}
