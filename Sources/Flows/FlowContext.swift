public import Commerce
public import Dynamics
public import Mapping
public import Relay

/// What every flow works with.
public struct FlowContext: Sendable {
    public let commerce: CommerceClient
    public let dynamics: DynamicsClient
    public let links: any LinkLookup
    public let mappings: LiveMappings
    public let values: any ValueLookup

    public init(
        commerce: CommerceClient, dynamics: DynamicsClient, links: any LinkLookup, mappings: LiveMappings,
        values: any ValueLookup
    ) {
        self.commerce = commerce
        self.dynamics = dynamics
        self.links = links
        self.mappings = mappings
        self.values = values
    }
}
