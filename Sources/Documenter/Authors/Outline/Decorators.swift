import SourceCode

/// Tells decorators that hand on what a function returns from those of which nothing is known.
enum Decorators {
    /// The quoted names of a function's decorators that may change its result.
    static func wrappers(of declaration: Declaration) -> [String] {
        let rows = declaration.record.decorators.rows
        if rows.isEmpty { return [] }
        var names = UniqueTexts()
        for range in declaration.outline.tables.ranges[rows] {
            let text = declaration.outline.text(range)
            let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
            if isHarmless(name) { continue }
            let isNamed = !name.isEmpty && [nil, "("].contains(text.dropFirst(name.count).first)
            names.insert(isNamed ? Phrases.code(String(name)) ?? "a decorator" : "a decorator")
        }
        return names.texts
    }

    private static func isHarmless(_ name: Substring) -> Bool {
        let parts = name.split(separator: ".")
        guard let first = parts.first, let last = parts.last else { return false }
        return harmless.contains(last) || parts.count > 1 && (modules.contains(first) || methods.contains(last))
    }

    /// Modules whose decorators all leave the result alone, or are known to make of it what the text says.
    private static let modules: Set<Substring> = [
        "abc", "typing", "typing_extensions", "pytest", "hypothesis", "unittest",
    ]

    /// Decorators that are known by their last name alone.
    private static let harmless = words(
        """
        wraps cache lru_cache cached property cached_property abstractproperty staticmethod classmethod abstractmethod
        abstractstaticmethod abstractclassmethod override overload final no_type_check runtime_checkable deprecated
        contextmanager asynccontextmanager singledispatch singledispatchmethod total_ordering type_check_only
        fixture parametrize hookimpl hookspec given settings example patch skip skipIf skipUnless expectedFailure
        field_validator model_validator field_serializer model_serializer root_validator computed_field validate_call
        option argument command group pass_context pass_obj shared_task njit jit no_grad inference_mode
        """
    )

    /// Methods of registries and applications, which take note of a function and leave it as it is.
    private static let methods = words(
        """
        register setter getter deleter validator default route get post put delete head options websocket
        before_request after_request teardown_request teardown_appcontext before_first_request errorhandler
        app_errorhandler context_processor app_context_processor template_filter template_test template_global
        shell_context_processor url_value_preprocessor url_defaults endpoint user_loader exception_handler middleware
        on_event filter simple_tag inclusion_tag display action connect listens_for object
        """
    )

    private static func words(_ text: String) -> Set<Substring> {
        Set(text.split { $0 == " " || $0 == "\n" })
    }
}
