import Foundation

/// What to invoice of an order.
struct InvoiceRequest: Sendable {
    /// By order row; `nil` is everything that is left.
    var quantities: [Int: Decimal]?
    var isCaptured = false
    var comment: String?
}

extension CommerceOrder {
    /// Takes the requested quantities from what is left and moves the order on.
    /// - Parameter firstItemID: The invoice's rows are numbered from here.
    mutating func makeInvoice(
        _ request: InvoiceRequest, entityID invoiceID: Int, firstItemID: Int, at date: Date
    ) throws(CommerceRefusal) -> CommerceInvoice {
        let quantities = try checked(request)
        var totals = CommerceInvoice.Totals()
        var baseTotals = CommerceInvoice.Totals()
        // Commerce puts the whole shipping amount on the first invoice.
        if invoiceIDs.isEmpty {
            totals.addShipping(of: amounts)
            baseTotals.addShipping(of: baseAmounts)
        }
        var invoiced: [CommerceInvoice.Item] = []
        for index in items.indices {
            guard let quantity = quantities[items[index].itemID], quantity > 0 else { continue }
            invoiced.append(
                items[index].take(quantity, entityID: firstItemID + invoiced.count, &totals, &baseTotals))
        }
        amounts.invoiced += totals.grandTotal
        baseAmounts.invoiced += baseTotals.grandTotal
        if request.isCaptured {
            amounts.paid += totals.grandTotal
            baseAmounts.paid += baseTotals.grandTotal
        }
        invoiceIDs.append(invoiceID)
        updatedAt = date
        moveOn()
        return CommerceInvoice(
            entityID: invoiceID, incrementID: String(placed.storeID) + TimeText.padded(invoiceID, width: 8),
            orderID: entityID, storeID: placed.storeID, orderCurrency: placed.currency,
            baseCurrency: placed.baseCurrency ?? placed.currency, state: request.isCaptured ? 2 : 1,
            createdAt: date, items: invoiced, totals: totals, baseTotals: baseTotals, comment: request.comment)
    }

    /// An order is complete once there is nothing left to invoice or ship.
    mutating func moveOn() {
        state = canInvoice || canShip ? "processing" : "complete"
        status = state
    }

    /// The quantities by row, after the checks of Commerce's `InvoiceValidator`.
    private func checked(_ request: InvoiceRequest) throws(CommerceRefusal) -> [Int: Decimal] {
        guard ["new", "processing", "complete"].contains(state) else {
            throw .invalidInvoice("An invoice cannot be created when an order has a status of %1", status)
        }
        guard canInvoice else { throw .invalidInvoice("The order does not allow an invoice to be created.") }
        guard let quantities = request.quantities else {
            return Dictionary(uniqueKeysWithValues: items.map { ($0.itemID, $0.quantityToInvoice) })
        }
        let rows = Dictionary(uniqueKeysWithValues: items.map { ($0.itemID, $0) })
        var checked: [Int: Decimal] = [:]
        for (itemID, quantity) in quantities {
            guard let row = rows[itemID] else {
                throw .invalidInvoice(
                    "The invoice contains one or more items that are not part of the original order.")
            }
            // The half of a pair without money is no row of an invoice; naming it asks for nothing.
            guard row.isInvoiceable else { continue }
            guard quantity >= 0, quantity <= row.quantityToInvoice else {
                throw .invalidInvoice(
                    """
                    The quantity to invoice must not be greater than the uninvoiced quantity for product SKU "%1".
                    """,
                    row.sku)
            }
            checked[itemID] = quantity
        }
        guard checked.values.contains(where: { $0 > 0 }) else {
            throw .invalidInvoice("The invoice can't be created without products. Add products and try again.")
        }
        return checked
    }
}

extension CommerceOrder.Item {
    /// Invoices a quantity of this row and adds its share to the totals.
    fileprivate mutating func take(
        _ quantity: Decimal, entityID: Int, _ totals: inout CommerceInvoice.Totals,
        _ baseTotals: inout CommerceInvoice.Totals
    ) -> CommerceInvoice.Item {
        let isLast = quantity == quantityToInvoice
        let share = amounts.take(quantity / self.quantity, isLast: isLast)
        let baseShare = baseAmounts.take(quantity / self.quantity, isLast: isLast)
        quantityInvoiced += quantity
        totals.add(share)
        baseTotals.add(baseShare)
        return CommerceInvoice.Item(
            entityID: entityID, orderItemID: itemID, sku: sku, name: name, quantity: quantity,
            price: amounts.price, rowTotal: share.rowTotal, discount: share.discount, tax: share.tax)
    }
}

extension RowAmounts {
    /// A part of the row; the last part takes the rest, so that all invoices add up to the order.
    fileprivate mutating func take(
        _ fraction: Decimal, isLast: Bool
    ) -> (rowTotal: Decimal, discount: Decimal, tax: Decimal) {
        let share = (
            rowTotal: isLast ? rowTotal - rowInvoiced : (rowTotal * fraction).cents,
            discount: isLast ? discount - discountInvoiced : (discount * fraction).cents,
            tax: isLast ? tax - taxInvoiced : (tax * fraction).cents
        )
        rowInvoiced += share.rowTotal
        discountInvoiced += share.discount
        taxInvoiced += share.tax
        return share
    }
}

extension CommerceInvoice.Totals {
    fileprivate mutating func add(_ share: (rowTotal: Decimal, discount: Decimal, tax: Decimal)) {
        subtotal += share.rowTotal
        discount += share.discount
        tax += share.tax
    }

    fileprivate mutating func addShipping(of amounts: OrderAmounts) {
        shipping = amounts.shipping
        shippingTax = amounts.shippingTax
        tax += amounts.shippingTax
    }
}
