extension DynamicsBooks {
    /// What creating this row did to which order of the shop; `nil` for what belongs to none.
    func effect(_ schema: EntitySchema, _ position: Int) -> (order: String, SandboxEffect.Kind)? {
        let row = table(schema).rows[position]
        let number = row.text("SalesOrderNumber")
        switch schema.type {
        case EntitySchema.salesOrderHeaders.type:
            return (row.text("CustomersOrderReference"), .header(number: number))
        case EntitySchema.customers.type: return nil
        default:
            let header = orders.positions("SalesOrderNumber", number).map { orders.rows[$0] }
                .first { $0.dataAreaId == row.dataAreaId }
            return header.map { ($0.text("CustomersOrderReference"), .line(number: "\(row.number("LineNumber"))")) }
        }
    }
}
