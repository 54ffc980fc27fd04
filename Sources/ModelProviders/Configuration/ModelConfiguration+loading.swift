extension ModelConfiguration {
    /// Reads the configuration from all its sources.
    ///
    /// A `.env` file counts less than the environment, and a configuration file less than both; where two say
    /// something the stronger is taken. All mistakes are found in one go.
    ///
    /// - Parameters:
    ///   - file: The path of a YAML or JSON file; `nil` for none.
    ///   - dotEnv: The path of a `.env` file; `nil` for none. One that does not exist is an error.
    ///   - sources: The environment, the files and the shell.
    /// - Returns: The configuration, and the variables of the environment and the `.env` file together.
    /// - Throws: ``ConfigurationError``.
    public static func load(
        file: String? = nil,
        dotEnv: String? = nil,
        from sources: ConfigurationSources = .process
    ) throws -> (configuration: ModelConfiguration, environment: [String: String]) {
        var problems: [ConfigurationProblem] = []
        var configuration = ModelConfiguration()
        if let file, let bytes = bytes(of: file, from: sources, problems: &problems) {
            let contents = ConfigurationFile(bytes, path: file, over: configuration)
            configuration = contents.configuration
            problems += contents.problems
        }
        var environment = sources.environment
        if let dotEnv, let bytes = bytes(of: dotEnv, from: sources, problems: &problems) {
            let contents = DotEnvFile(String(decoding: bytes, as: UTF8.self), path: dotEnv)
            environment.merge(contents.variables) { own, _ in own }
            problems += contents.problems
        }
        configuration.read(environment, problems: &problems)
        guard problems.isEmpty else { throw ConfigurationError(problems) }
        return (configuration, environment)
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
