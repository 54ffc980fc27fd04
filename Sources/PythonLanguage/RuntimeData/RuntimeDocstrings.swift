package import SourceCode

/// Tells which docstrings of a module are data at run time, so that writing one changes what the program does.
///
/// Works on bytes and table rows. Where a name is telling enough (`@tool`, `@cli.command`), no import is asked for, as
/// the object may come from another module; elsewhere the module has to import a library that is known to look.
package struct RuntimeDocstrings {
    /// What is known of a module as a whole.
    package struct Module: Sendable {
        /// What the libraries that it imports do with docstrings.
        package var libraries: RuntimeLibraries = []
        /// Whether its code reads the name `__doc__`: `argparse.ArgumentParser(description=__doc__)`.
        package var readsDocstring = false
        /// Whether it assigns the name `tokens`, as PLY's lexers and parsers do.
        package var definesTokens = false
        /// The last names in front of `.__doc__`, as hashes: `f` of `f.__doc__` and of `self.f.__doc__`.
        package var namesWithUsedDocstrings: Set<UInt64> = []

        package init() {}
    }

    private let module: Module
    private let entryPoints: EntryPoints
    private let isGrammar: Bool

    /// Makes a judge of a module's declarations; looks for entry points in the bytes if a library asks for it.
    package init(_ module: Module, in bytes: UnsafeBufferPointer<UInt8>) {
        self.module = module
        entryPoints = module.libraries.contains(.entryPoints) ? EntryPoints(in: bytes) : EntryPoints()
        isGrammar = module.definesTokens || module.libraries.contains(.grammars)
    }

    /// The traits `hasRuntimeDocstring` and `hasDocstringDecorator` of a declaration, where they hold.
    ///
    /// - Parameters:
    ///   - record: The declaration.
    ///   - parent: The enclosing declaration with its traits; `nil` for a module.
    ///   - ranges: The outline's table of ranges.
    ///   - bytes: The file's bytes.
    /// - Returns: The traits that the declaration is to have in addition.
    package func traits(
        of record: DeclarationRecord,
        parent: DeclarationRecord?,
        ranges: [ByteRange],
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> DeclarationTraits {
        guard record.kind != .module else { return module.readsDocstring ? .hasRuntimeDocstring : [] }
        var traits: DeclarationTraits = []
        for row in record.decorators.rows {
            traits.formUnion(self.traits(ofDecorator: DottedName(startOf: ranges[row], in: bytes), on: record.kind))
        }
        if isUsedByName(record, in: bytes) { traits.insert(.hasRuntimeDocstring) }
        guard isGrammar || !module.libraries.isEmpty else { return traits }
        let name = ByteName(record.name.offsets, in: bytes)
        let isData =
            switch record.kind {
            case .module: false
            case .class: isData(class: record, named: name, ranges: ranges, in: bytes)
            case .function: isData(functionNamed: name, parent: parent, in: bytes)
            }
        return isData ? traits.union(.hasRuntimeDocstring) : traits
    }

    /// Whether the module reads or sets `name.__doc__` of a declaration's name.
    private func isUsedByName(_ record: DeclarationRecord, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !module.namesWithUsedDocstrings.isEmpty, let base = bytes.baseAddress else { return false }
        return module.namesWithUsedDocstrings.contains(NameHash.of(base, record.name))
    }

    private func isData(
        class record: DeclarationRecord,
        named name: ByteName,
        ranges: [ByteRange],
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if entryPoints.contains(name) { return true }
        guard !module.libraries.isDisjoint(with: [.resources, .schemas, .prompts]) else { return false }
        return record.bases.rows.contains { isTellingBase(DottedName(startOf: ranges[$0], in: bytes).last) }
    }

    private func isTellingBase(_ base: ByteName) -> Bool {
        let libraries = module.libraries
        if libraries.contains(.resources), base == "Resource" || base.hasSuffix("View") || base.hasSuffix("ViewSet") {
            return true
        }
        if libraries.contains(.schemas), base.isOne(of: TellingNames.schemaBases) { return true }
        return libraries.contains(.prompts) && base == "Signature"
    }

    private func isData(
        functionNamed name: ByteName,
        parent: DeclarationRecord?,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if isGrammar, name.hasPrefix("p_") || name.hasPrefix("t_") {
            return !name.isOne(of: ["p_error", "t_error", "t_eof"])
        }
        guard let parent else { return false }
        switch parent.kind {
        case .module: return entryPoints.contains(name)
        case .function: return false
        case .class: break
        }
        if module.libraries.contains(.consoles), name.hasPrefix("do_") { return true }
        guard parent.traits.contains(.hasRuntimeDocstring) else { return false }
        if module.libraries.contains(.resources), name.isOne(of: TellingNames.resourceMethods) { return true }
        let isPublic = !name.hasPrefix("_")
        return isPublic && entryPoints.contains(ByteName(parent.name.offsets, in: bytes))
    }

    private func traits(ofDecorator name: DottedName, on kind: DeclarationKind) -> DeclarationTraits {
        let last = name.last
        if isData(decorator: name) { return .hasRuntimeDocstring }
        if last.isOne(of: TellingNames.docstringDecorators) { return .hasDocstringDecorator }
        let keeps = last.hasPrefix("no_") || last.hasPrefix("do_not_") || name.owner == "mark"
        if last.speaksOfDocstrings, !keeps { return .hasDocstringDecorator }
        return name.owner == "docstring" || name.owner == "_docstring" ? .hasDocstringDecorator : []
    }

    private func isData(decorator name: DottedName) -> Bool {
        let last = name.last
        let libraries = module.libraries
        if name.owner == "mark" { return false }
        if last.isOne(of: TellingNames.anywhere) { return true }
        if name.isDotted, last.isOne(of: TellingNames.dottedAnywhere) { return true }
        guard !libraries.isEmpty else { return false }
        if libraries.contains(.commands), last.isOne(of: TellingNames.commands) { return true }
        if libraries.contains(.routes), last.isOne(of: TellingNames.routes) { return true }
        if libraries.contains(.resources), last.isOne(of: ["api_view", "action"]) { return true }
        if libraries.contains(.schemas), last.isOne(of: TellingNames.schemas) { return true }
        if libraries.contains(.tasks), last.isOne(of: TellingNames.tasks) || name.owner == "task" { return true }
        if libraries.contains(.tools), last.isOne(of: ["resource", "prompt", "system_prompt"]) { return true }
        if libraries.contains(.prompts), last.isOne(of: ["fn", "simple", "complex", "prompt", "model"]) { return true }
        return libraries.contains(.steps) && last.isOne(of: ["given", "when", "then", "step", "scenario"])
    }
}

/// Names of decorators, bases and methods that tell of docstrings used at run time.
private enum TellingNames {
    static let anywhere: [StaticString] = [
        "tool", "function_tool", "tool_plain", "kernel_function", "ai_fn", "ai_function", "line_magic", "cell_magic",
        "line_cell_magic", "register_line_magic", "register_cell_magic", "register_line_cell_magic",
    ]
    static let dottedAnywhere: [StaticString] = ["command", "group", "hybrid_command", "hybrid_group", "slash_command"]
    static let commands: [StaticString] = ["command", "group", "callback", "default", "meta"]
    static let routes: [StaticString] = [
        "get", "post", "put", "delete", "patch", "head", "options", "trace", "route", "api_route", "websocket",
        "websocket_route", "api_operation", "view",
    ]
    static let schemaBases: [StaticString] = [
        "ObjectType", "Mutation", "InputObjectType", "Interface", "Enum", "Scalar", "Union", "DjangoObjectType",
    ]
    static let schemas: [StaticString] = [
        "type", "field", "mutation", "subscription", "input", "interface", "enum", "scalar", "directive",
        "schema_directive",
        "connection", "django_field", "filter_type",
    ]
    static let tasks: [StaticString] = [
        "task", "flow", "dag", "asset", "multi_asset", "op", "job", "graph", "sensor", "schedule", "session",
    ]
    static let resourceMethods: [StaticString] = [
        "get", "post", "put", "delete", "patch", "head", "options", "list", "create", "retrieve", "update",
        "partial_update", "destroy",
    ]
    static let docstringDecorators: [StaticString] = [
        "Appender", "Substitution", "interpd", "dedent_interpd", "docfiller", "magic_arguments",
    ]
}
