import Foundation
import TestSupport

/// Asks CPython many questions in one process: a function `answer` of a script, called for each question.
enum PythonJudge {
    /// Whether there is a CPython to ask.
    static let isFound = (try? answers(to: [1], script: "def answer(x): return x + 1") as [Int]) == [2]

    /// What the script's function `answer` gives for each question, all as JSON.
    static func answers<Answer: Decodable>(to questions: [some Encodable], script: String) throws -> [Answer] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["script.py", "questions.json", "answers.json"].map(folder.appendingPathComponent)
        let frame = """
            import ast, codecs, inspect, io, json, sys, tokenize, warnings
            warnings.simplefilter('ignore')
            \(script)
            with open(sys.argv[1], encoding='utf-8') as file:
                questions = json.load(file)
            with open(sys.argv[2], 'w', encoding='utf-8') as file:
                json.dump([answer(question) for question in questions], file)
            """
        try Data(frame.utf8).write(to: files[0])
        try JSONEncoder().encode(questions).write(to: files[1])

        let python = ChildProcess()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        python.arguments = ["python3"] + files.map(\.path)
        try python.run()
        python.waitUntilExit()
        return try JSONDecoder().decode([Answer].self, from: Data(contentsOf: files[2]))
    }
}
