import Commerce
import Dynamics
import Foundation
import Relay

/// The customer of an order, guests included: F&O knows no guests.
enum OrderCustomer {
    /// - Throws: `Verdict` that parks when the order has no usable e-mail address.
    static func email(of order: CommerceOrder) throws -> String {
        let email = (order.customer.email ?? order.billingAddress?.email ?? "")
            .trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        guard email.contains("@") else {
            throw Verdict.park(
                "order-without-email",
                "Order \(order.incrementID) has no e-mail address (customer_email); customers are found by it.",
                advice: "Add the address to the order in Commerce and send it again.")
        }
        return email
    }

    static func draft(
        _ order: CommerceOrder, email: String, dataAreaID: String, profile: EntityProfile
    ) throws -> NewCustomer {
        let address = order.billingAddress ?? order.shippingAddress
        let company = address?.company.flatMap { $0.isEmpty ? nil : $0 }
        var customer = NewCustomer(dataAreaId: dataAreaID, PartyType: company == nil ? .Person : .Organization)
        if let company {
            customer.OrganizationName = company
        } else {
            customer.PersonFirstName = order.customer.firstname ?? address?.firstname
            // F&O refuses a person without a last name; an address is better than no customer.
            customer.PersonLastName = order.customer.lastname ?? address?.lastname ?? email
        }
        customer.CustomerGroupId = profile.customerGroup
        customer.SalesCurrencyCode = order.currencies.order
        customer.PaymentTerms = profile.paymentTerms
        customer.LanguageId = profile.language
        customer.PrimaryContactEmail = email
        customer.PrimaryContactPhone = address?.telephone
        customer.TaxExemptNumber = order.customer.taxvat ?? address?.vatID
        if let address {
            let place = try DeliveryAddress(address, order: order.incrementID)
            customer.AddressDescription = place.name
            customer.AddressStreet = place.street
            customer.AddressZipCode = place.zipCode
            customer.AddressCity = place.city
            customer.AddressState = place.state
            customer.AddressCountryRegionId = place.countryRegionID
        }
        return customer
    }
}
