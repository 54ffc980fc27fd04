#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A tool and what is done when the model calls it.
public struct ExecutableTool: Sendable {
    /// What the model is told of it.
    public var tool: Tool
    /// Runs it with the arguments of a call, which are valid JSON but need not fit the schema.
    public var run: @Sendable (JSONValue) async throws -> [MessagePart]

    /// A tool that gives parts: text, images, documents.
    public init(_ tool: Tool, givingParts run: @escaping @Sendable (JSONValue) async throws -> [MessagePart]) {
        self.tool = tool
        self.run = run
    }

    /// A tool that gives text.
    public init(_ tool: Tool, run: @escaping @Sendable (JSONValue) async throws -> String) {
        self.init(tool, givingParts: { [.text(try await run($0))] })
    }

    /// A tool that gives text, and whose arguments are read as a value; arguments that do not fit are reported to the
    /// model.
    ///
    /// Calls run side by side: in a module that isolates everything to the main actor by default, declare the
    /// arguments' type `nonisolated`.
    public init<Arguments: Decodable & SendableMetatype>(
        _ tool: Tool,
        taking type: Arguments.Type,
        run: @escaping @Sendable (Arguments) async throws -> String
    ) {
        self.init(tool) { arguments in
            let decoded: Arguments
            do {
                decoded = try JSONDecoder().decode(Arguments.self, from: Data(arguments.bytes))
            } catch {
                throw ToolError("the arguments do not fit the tool's parameters")
            }
            return try await run(decoded)
        }
    }
}

/// Something that the model is told instead of a tool's result.
public struct ToolError: Error, Hashable, CustomStringConvertible {
    /// What went wrong, for the model.
    public var description: String

    /// An error with words for the model.
    public init(_ description: String) {
        self.description = description
    }
}
