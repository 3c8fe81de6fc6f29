import Commerce

extension BatchSizes {
    /// From the keys `batchSize` and `pageSize` of the section `commerce`.
    init(_ section: ConfigurationSection) {
        let usual = BatchSizes()
        self.init(
            rows: section.integer("batchSize", in: 1...BatchSizes.mostRows, default: usual.rows),
            page: section.integer("pageSize", in: 1...BatchSizes.mostPage, default: usual.page))
    }
}
