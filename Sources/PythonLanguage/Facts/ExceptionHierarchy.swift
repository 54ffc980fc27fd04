/// Python's built-in exceptions and their bases, from the library reference ("Exception hierarchy").
enum ExceptionHierarchy {
    /// A line for each class: its name and its base's.
    private static let table = """
        Exception BaseException
        GeneratorExit BaseException
        KeyboardInterrupt BaseException
        SystemExit BaseException
        BaseExceptionGroup BaseException
        ExceptionGroup Exception
        ArithmeticError Exception
        FloatingPointError ArithmeticError
        OverflowError ArithmeticError
        ZeroDivisionError ArithmeticError
        AssertionError Exception
        AttributeError Exception
        BufferError Exception
        EOFError Exception
        ImportError Exception
        ModuleNotFoundError ImportError
        LookupError Exception
        IndexError LookupError
        KeyError LookupError
        MemoryError Exception
        NameError Exception
        UnboundLocalError NameError
        OSError Exception
        BlockingIOError OSError
        ChildProcessError OSError
        ConnectionError OSError
        BrokenPipeError ConnectionError
        ConnectionAbortedError ConnectionError
        ConnectionRefusedError ConnectionError
        ConnectionResetError ConnectionError
        FileExistsError OSError
        FileNotFoundError OSError
        InterruptedError OSError
        IsADirectoryError OSError
        NotADirectoryError OSError
        PermissionError OSError
        ProcessLookupError OSError
        TimeoutError OSError
        ReferenceError Exception
        RuntimeError Exception
        NotImplementedError RuntimeError
        PythonFinalizationError RuntimeError
        RecursionError RuntimeError
        StopAsyncIteration Exception
        StopIteration Exception
        SyntaxError Exception
        IndentationError SyntaxError
        TabError IndentationError
        SystemError Exception
        TypeError Exception
        ValueError Exception
        UnicodeError ValueError
        UnicodeDecodeError UnicodeError
        UnicodeEncodeError UnicodeError
        UnicodeTranslateError UnicodeError
        Warning Exception
        BytesWarning Warning
        DeprecationWarning Warning
        EncodingWarning Warning
        FutureWarning Warning
        ImportWarning Warning
        PendingDeprecationWarning Warning
        ResourceWarning Warning
        RuntimeWarning Warning
        SyntaxWarning Warning
        UnicodeWarning Warning
        UserWarning Warning
        """

    private static let bases: [Substring: Substring] = {
        let rows = table.split(separator: "\n").map { $0.split(separator: " ") }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }()

    /// Whether a name is a built-in class's, or the empty name that stands for all.
    static func isBuiltIn(_ name: Substring) -> Bool {
        name.isEmpty || name == "BaseException" || bases[name] != nil
    }

    /// A class and its bases up to `BaseException`, as far as the names tell.
    ///
    /// A class that is not built in is taken for an `Exception`.
    ///
    /// - Parameters:
    ///   - name: The class; empty if unknown, which only a handler of everything catches for sure.
    ///   - local: The bases of classes that the file defines.
    /// - Returns: The class's name and those of its bases, nearest first.
    static func lineage(of name: Substring, local: [Substring: Substring]) -> [Substring] {
        var lineage = [name]
        while let last = lineage.last, last != "BaseException", lineage.count < 100 {
            lineage.append(local[last] ?? bases[last] ?? "Exception")
        }
        return lineage
    }

    /// Other names of built-in classes.
    static let aliases: [String: Substring] = [
        "IOError": "OSError", "EnvironmentError": "OSError", "WindowsError": "OSError", "os.error": "OSError",
        "socket.error": "OSError", "select.error": "OSError", "socket.timeout": "TimeoutError",
    ]
}
