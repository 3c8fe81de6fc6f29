/// What a person changed of the record that the current step sends. The clients of the platforms find it as a
/// task-local value, as they find the trail, so that no flow has to hand it around.
public enum RecordPatch {
    /// A JSON merge patch (RFC 7396), an object; `nil` for a record that goes as the mapping made it.
    @TaskLocal public static var current: [UInt8]?
}
