extension CommerceOperation {
    /// The ACL resource that the integration needs (System > Integrations > API).
    ///
    /// As the modules' `webapi.xml` say for the catalogue, customers and inventory (github.com/magento/magento2,
    /// magento/inventory), and Adobe's pages on the services for invoicing and refunding
    /// (github.com/magento/devdocs, `mrg/ce/Sales/services.md`). All others are the ones that published roles have,
    /// not looked up in the modules; there a neighbour may be the right one.
    public var permission: String {
        switch self {
        case .searchOrders, .order, .orderStatus, .orderStatuses, .orderComments: "Magento_Sales::actions_view"
        case .saveOrder, .createOrder: "Magento_Sales::create"
        case .commentOrder: "Magento_Sales::comment"
        case .cancelOrder: "Magento_Sales::cancel"
        case .holdOrder: "Magento_Sales::hold"
        case .unholdOrder: "Magento_Sales::unhold"
        case .invoiceOrder: "Magento_Sales::invoice"
        case .searchInvoices, .invoice, .invoiceComments, .captureInvoice, .refundInvoice:
            "Magento_Sales::sales_invoice"
        case .shipOrder: "Magento_Sales::ship"
        case .searchShipments, .shipmentComments, .addTrack: "Magento_Sales::shipment"
        case .refundOrder: "Magento_Sales::creditmemo"
        case .searchCreditMemos, .creditMemo, .creditMemoComments: "Magento_Sales::sales_creditmemo"
        case .searchReturns, .return, .createReturn, .updateReturn, .returnComments, .commentReturn, .addReturnTrack:
            "Magento_Rma::magento_rma"
        case .searchCustomers, .customer: "Magento_Customer::customer"
        case .createCustomer: "none"
        case .updateCustomer: "Magento_Customer::manage"
        case .searchCustomerGroups, .createCustomerGroup: "Magento_Customer::group"
        case .searchCompanies, .company, .createCompany, .updateCompany, .assignCompany: "Magento_Company::index"
        case .companyCredit, .updateCompanyCredit, .increaseCompanyBalance, .decreaseCompanyBalance,
            .companyCreditHistory:
            "Magento_CompanyCredit::credits"
        case .cart: "Magento_Cart::manage"
        case .searchProducts, .product, .createProduct, .updateProduct, .deleteProduct: "Magento_Catalog::products"
        case .attributeOptions, .createAttributeOption: "Magento_Catalog::attributes_attributes"
        case .categories, .category, .createCategory, .updateCategory, .moveCategory, .categoryProducts,
            .assignCategoryProduct, .removeCategoryProduct:
            "Magento_Catalog::categories"
        case .basePrices, .updateBasePrices, .specialPrices, .updateSpecialPrices, .deleteSpecialPrices, .tierPrices,
            .updateTierPrices, .replaceTierPrices, .deleteTierPrices, .updateCosts:
            "Magento_Catalog::catalog"
        case .searchSourceItems, .searchSources: "Magento_InventoryApi::source"
        case .saveSourceItems, .deleteSourceItems: "Magento_InventoryApi::stock_source_item_assign"
        case .salableQuantity: "Magento_InventorySalesApi::stock"
        case .bulkStatus: "Magento_Logging::system_magento_logging_bulk_operations"
        case .storeViews: "Magento_Backend::store"
        }
    }

    /// Where to look for the effect before the call is repeated after an unclear outcome: Commerce has no idempotency
    /// key. `nil` if it may be repeated as it is.
    public var effect: String? {
        switch self {
        case .createOrder: "the buyer's e-mail address among the shop's orders"
        case .commentOrder: "the text among the order's comments"
        case .cancelOrder, .holdOrder, .unholdOrder: "the order's state"
        case .invoiceOrder: "the ERP's number in the comments of the order's invoices"
        case .captureInvoice: "the invoice's state"
        case .shipOrder: "the ERP's number or a track among the order's shipments"
        case .addTrack: "the number among the tracks of the order's shipments"
        case .refundOrder, .refundInvoice: "the ERP's number in the comments of the order's credit memos"
        case .createReturn: "the order's returns"
        case .commentReturn: "the text among the return's comments"
        case .addReturnTrack: "the number among the return's tracks"
        case .createCustomer: "customers by e-mail and website"
        case .createCustomerGroup: "groups by code"
        case .createCompany: "companies by reseller id or e-mail"
        case .increaseCompanyBalance, .decreaseCompanyBalance: "the comment in the credit's history"
        case .createAttributeOption: "the attribute's options by label"
        case .createCategory: "the name below its parent"
        default: nil
        }
    }
}
