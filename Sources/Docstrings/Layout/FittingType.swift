/// A type's text if it fits on its line, else its outermost name, else nothing.
///
/// Google and NumPy have no way to continue a type on the next line; what is left out stands in the signature.
func fittingType(_ type: String?, room: Int) -> String? {
    guard let type, !type.isEmpty else { return nil }
    if type.utf8.count <= room { return type }
    guard type.utf8.last == UInt8(ascii: "]"), let bracket = type.utf8.firstIndex(of: UInt8(ascii: "[")) else {
        return nil
    }
    let name = type[..<bracket]
    return name.utf8.count <= room && name.utf8.allSatisfy({ $0.isWordLike || "_.".utf8.contains($0) })
        ? String(name) : nil
}
