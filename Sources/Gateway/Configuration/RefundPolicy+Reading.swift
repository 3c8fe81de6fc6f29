import Flows

extension RefundPolicy {
    init(_ section: ConfigurationSection) {
        self.init()
        form = section.choice("as", default: form)
        referencePrefix = section.referencePrefix("referencePrefix") ?? referencePrefix
        returnPrefix = section.referencePrefix("returnPrefix") ?? returnPrefix
        if returnPrefix == referencePrefix {
            section.refuse(
                "returnPrefix", found: "\"\(returnPrefix)\", as referencePrefix",
                expected: "another one: numbers of credit memos and returns are alike")
        }
        shippingItem = section.optionalText("shipping")
        if let adjustments = section.section("adjustments") {
            extraItem = adjustments.optionalText("refund")
            feeItem = adjustments.optionalText("fee")
            adjustments.finish()
        }
        notesPayments = section.flag("payments", default: notesPayments)
        if section.child("offlineMethods") != nil { offlineMethods = Set(section.methods("offlineMethods")) }
        difference = section.choice("difference", default: difference)
        tolerance =
            section.value("tolerance", expected: "an amount of at least 0, such as 0.05", OrderSettings.amount)
            ?? tolerance
        returnsToStock = section.flag("returnToStock", default: returnsToStock)
        notifies = section.flag("notify", default: notifies)
        if section.child("returnStatuses") != nil {
            carriedReturns = Set(
                section.list("returnStatuses").compactMap {
                    section.scalar($0.node, at: $0.path, expected: "a status of a return, such as authorized")
                })
        }
        section.finish()
    }
}
