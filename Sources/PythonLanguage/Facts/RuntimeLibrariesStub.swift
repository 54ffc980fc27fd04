import SourceCode
struct RuntimeLibraries: OptionSet { let rawValue: UInt32
 static func imported(_ base: UnsafePointer<UInt8>, _ module: ByteRange) -> RuntimeLibraries { [] } }
