/// What of a scene is not as it should be, as a sentence without its subject.
struct DemoComplaint: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
