public import Mapping

/// What the mapping documents of all flows may speak of, and the documents that come with the program.
public enum FlowCatalog {
    public static let catalog = MappingCatalog(
        targets: targets, sources: sources, functions: functions, tables: columns(of: .standard))

    static let targets: [TargetRecord] =
        OrderCatalog.targets + shippingTargets + paymentTargets + returnTargets + PartyCatalog.targets
        + QuoteCatalog.targets

    /// By the document's `from`.
    static let sources: [String: [SourceRecord]] =
        OrderCatalog.sources
        .merging(shippingSources) { own, _ in own }
        .merging(paymentSources) { own, _ in own }
        .merging(returnSources) { own, _ in own }
        .merging(PartyCatalog.sources) { own, _ in own }
        .merging(QuoteCatalog.sources) { own, _ in own }

    static let functions: [MappingFunction] =
        OrderFunctions.all + shippingFunctions + PartyCatalog.functions + QuoteCatalog.functions

    /// File name → YAML.
    public static let shipped: [String: String] = [
        "order-header.yaml": text(PackageResources.order_header_yaml),
        "order-line.yaml": text(PackageResources.order_line_yaml),
        "order-customer.yaml": text(PackageResources.order_customer_yaml),
        "payment-journal.yaml": text(PackageResources.payment_journal_yaml),
        "payment-line.yaml": text(PackageResources.payment_line_yaml),
        "refund-line.yaml": text(PackageResources.refund_line_yaml),
        "return-order.yaml": text(PackageResources.return_order_yaml),
        "return-line.yaml": text(PackageResources.return_line_yaml),
        "credit-order.yaml": text(PackageResources.credit_order_yaml),
        "credit-line.yaml": text(PackageResources.credit_line_yaml),
    ]
    .merging(shippingDocuments) { own, _ in own }
    .merging(orderChangeDocuments) { own, _ in own }
    .merging(PartyCatalog.shipped.mapValues(text)) { own, _ in own }
    .merging(QuoteCatalog.shipped.mapValues(text)) { own, _ in own }

    /// Columns by value table.
    public static func columns(of tables: ValueTableCatalog) -> [String: Set<String>] {
        Dictionary(tables.tables.map { ($0.name, Set($0.columns)) }, uniquingKeysWith: { first, _ in first })
    }

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
