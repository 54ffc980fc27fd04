extension ModelConfiguration {
    /// Reads the configuration from all its sources.
    ///
    /// A `.env` file counts less than the environment, and a configuration file less than both; where two say
    /// something the stronger is taken. All mistakes are found in one go.
    ///
    /// What can be known without asking anybody is checked: key files must be there, and providers known.
    ///
    /// - Parameters:
    ///   - file: The path of a YAML or JSON file; `nil` for none.
    ///   - dotEnv: The path of a `.env` file; `nil` for none. One that does not exist is an error.
    ///   - registered: The names of providers that the program will register itself.
    ///   - sources: The environment, the files and the shell.
    /// - Returns: The configuration, and the variables of the environment and the `.env` file together.
    /// - Throws: ``ConfigurationError``.
    public static func load(
        file: String? = nil,
        dotEnv: String? = nil,
        registered: Set<String> = [],
        from sources: ConfigurationSources = .process
    ) throws -> (configuration: ModelConfiguration, environment: [String: String]) {
        var problems: [ConfigurationProblem] = []
        let surroundings = ConfigurationFile.Surroundings(
            sources: sources,
            registered: Set(registered.map { $0.lowercased() })
        )
        let text = file.flatMap { bytes(of: $0, from: sources, problems: &problems) } ?? []
        let contents = ConfigurationFile(text, path: file ?? "", in: surroundings)
        var configuration = contents.configuration
        problems += contents.problems
        var environment = sources.environment
        var places: [String: Place] = [:]
        var faults: [ConfigurationProblem] = []
        if let dotEnv, let bytes = bytes(of: dotEnv, from: sources, problems: &problems) {
            let variables = DotEnvFile(bytes, path: dotEnv)
            environment.merge(variables.variables) { own, _ in own }
            for (name, line) in variables.lines where sources.environment[name] == nil { places[name] = (dotEnv, line) }
            faults = variables.problems
        }
        configuration.read(environment, problems: &faults)
        if let name = environment["AI_MODEL_TYPE"], !name.isEmpty, !contents.knows(name) {
            faults.append(ConfigurationProblem(source: "AI_MODEL_TYPE", message: contents.unknownProvider(name)))
        }
        problems += placed(faults, at: places)
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return (configuration, environment)
    }

    private typealias Place = (path: String, line: Int)

    /// The problems of variables, those of a `.env` file in the order of its lines; the environment's have no place.
    private static func placed(_ faults: [ConfigurationProblem], at places: [String: Place]) -> [ConfigurationProblem] {
        let placed = faults.map { fault in
            guard let place = places[fault.source] else { return fault }
            let words = fault.message.hasPrefix("must ") ? " " : ": "
            let message = fault.source + words + fault.message
            return ConfigurationProblem(source: place.path, line: place.line, message: message)
        }
        return placed.filter { $0.line != nil }.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
            + placed.filter { $0.line == nil }
    }

    private static func bytes(
        of path: String,
        from sources: ConfigurationSources,
        problems: inout [ConfigurationProblem]
    ) -> [UInt8]? {
        do {
            return try sources.readFile(path)
        } catch let problem as ConfigurationProblem {
            problems.append(problem)
        } catch {
            problems.append(ConfigurationProblem(source: path, message: "the file cannot be read"))
        }
        return nil
    }
}
