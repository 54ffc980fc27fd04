import PythonLanguage
import SourceCode
import Testing

/// Which exceptions can leave a function, and under which conditions as far as they are told.
struct LeavingTests {
    @Test(arguments: [
        ("return 1\n    raise ValueError('x')", []),
        ("if a:\n        return 1\n    else:\n        return 2\n    raise ValueError", []),
        ("sys.exit(3)\n    raise ValueError", []),
        ("while True:\n        pass\n    raise ValueError", []),
        ("while True:\n        break\n    raise ValueError", ["ValueError"]),
        ("for x in a:\n        try:\n            raise ValueError\n        finally:\n            break", []),
        ("try:\n        raise ValueError\n    finally:\n        if a:\n            return 1", ["ValueError"]),
        ("with contextlib.suppress(ValueError):\n        raise ValueError", []),
        ("with suppress(KeyError):\n        raise ValueError", ["ValueError"]),
        ("try:\n        raise OSError\n    except os.error:\n        pass", []),
        ("try:\n        raise ValueError\n    except ERRORS:\n        pass", []),
        ("try:\n        raise Local\n    except ValueError:\n        pass", []),
        ("try:\n        raise Local\n    except KeyError:\n        pass", ["Local"]),
        ("return 1; raise ValueError", []),
        ("if a:\n        return 1\n    raise ValueError", ["ValueError"]),
        ("with a:\n        return 1\n    raise ValueError", ["ValueError"]),
        ("with raises(KeyError):\n        raise KeyError\n    raise ValueError", ["ValueError"]),
        ("try:\n        raise KeyError\n    except LookupError:\n        raise", ["KeyError"]),
        ("try:\n        raise KeyError\n    except KeyError:\n        raise", ["KeyError", "KeyError"]),
        ("try:\n        raise KeyError\n    except ValueError:\n        raise", ["KeyError"]),
        ("try:\n        raise KeyError\n    except (OSError, LookupError):\n        raise", ["KeyError"]),
        (
            "try:\n        raise KeyError\n    except KeyError:\n        raise ValueError\n    except Exception:\n"
                + "        raise", ["ValueError"]
        ),
        (
            "try:\n        raise Local\n    except Unknown:\n        raise OSError",
            ["Local", "OSError"]
        ),
        (
            "try:\n        a()\n        raise KeyError\n    except LookupError:\n        raise",
            ["KeyError", "LookupError"]
        ),
    ])
    func `knows what can leave`(body: String, leaving: [String]) throws {
        let outline = try read("class Local(ValueError): pass\ndef f(a):\n    \(body)\n")
        let function = try #require(outline.declarations.last)

        #expect(function.raises.filter(\.canLeave).compactMap(\.exception) == leaving)
    }

    @Test(arguments: [
        ("raise ValueError\n    return 1", []),
        ("if a:\n        return 1\n    else:\n        return 2\n    return 3", ["1", "2"]),
        ("return 1; return 2", ["1"]),
        ("sys.exit()\n    return 1", []),
        ("abort(404)\n    return 1", ["1"]),
        ("with a:\n        return 1\n    return 2", ["1", "2"]),
        ("if a:\n        with a:\n            return 1\n    else:\n        return 2\n    return 3", ["1", "2", "3"]),
        ("with a:\n        return 1\n        return 2", ["1"]),
        ("try:\n        return 1\n    finally:\n        return 2", ["2"]),
        ("try:\n        return 1\n    except OSError:\n        return 2\n    finally:\n        raise ValueError", []),
        ("try:\n        return 1\n    finally:\n        if a:\n            return 2", ["1", "2"]),
        ("try:\n        return 1\n    finally:\n        with a:\n            return 2", ["1", "2"]),
        ("for x in a:\n        try:\n            return 1\n        finally:\n            break", []),
        ("try:\n        def g(): return 1\n    finally:\n        return 2", ["2"]),
    ])
    func `knows which results get to the caller`(body: String, values: [String]) throws {
        let outline = try read("def f(a):\n    \(body)\n")
        let function = try #require(outline.declarations.first { $0.name == "f" })

        #expect(function.returns.filter(\.takesEffect).map(\.value) == values)
        for inner in outline.declarations where inner.name == "g" { #expect(inner.returns[0].takesEffect) }
    }

    @Test(arguments: [
        ("raise E", false),
        ("if a:\n        return\n    raise E", true),
        ("if a:\n        return\n    else:\n        raise E", false),
        ("if a:\n        return\n    elif b:\n        raise E", false),
        ("if a:\n        if b:\n            return\n        raise E", true),
        ("for b in a:\n        return b\n    raise E", true),
        ("try:\n        return b\n    except KeyError:\n        raise E", false),
        ("try:\n        return b\n    except KeyError:\n        pass\n    raise E", true),
        ("try:\n        return b\n    finally:\n        raise E", false),
        ("match a:\n        case 1:\n            return\n        case _:\n            raise E", false),
        ("def g(): return\n    raise E", false),
    ])
    func `knows whether a return may come first`(body: String, follows: Bool) throws {
        let function = try #require(try read("def f(a):\n    \(body)\n").declarations.first { $0.name == "f" })

        #expect(function.raises.map(\.followsReturn) == [follows])
    }

    @Test(arguments: [
        ("for n in a:\n        if n:\n            continue\n        raise E", true),
        ("for n in a:\n        if n:\n            break\n        else:\n            raise E", false),
        ("for n in a:\n        for m in n:\n            break\n        raise E", false),
        ("for n in a:\n        if n:\n            continue\n        for m in n:\n            raise E", true),
        ("while a:\n        if a:\n            break\n    raise E", false),
    ])
    func `knows whether a jump may come first`(body: String, follows: Bool) throws {
        let function = try #require(try read("def f(a):\n    \(body)\n").declarations.first { $0.name == "f" })

        #expect(function.raises.map(\.followsJump) == [follows])
    }

    @Test(arguments: [
        "for n in a:\n        pass\n    else:\n        raise ValueError",
        "while a:\n        pass\n    else:\n        raise ValueError",
        "try:\n        a()\n    except KeyError:\n        pass\n    else:\n        raise ValueError",
    ])
    func `an else that depends on what happened is not told`(body: String) throws {
        let outline = try read("def f(a):\n    \(body)\n")
        let raise = try #require(outline.declarations.last?.raises.last)

        #expect(raise.guards.map(\.kind) == [.untold])
    }

    @Test
    func `the tests of a long chain are all told, of a very long one none`() throws {
        func guards(arms: Int) throws -> [GuardKind] {
            let chain = (1...arms).map { "elif a == \($0):\n        pass\n    " }.joined()
            let outline = try read(
                "def f(a):\n    if a == 0:\n        pass\n    \(chain)else:\n        raise ValueError\n"
            )
            return try #require(outline.declarations.last?.raises.last).guards.map(\.kind)
        }

        #expect(try guards(arms: 9) == Array(repeating: .fails, count: 10))
        #expect(try guards(arms: 500).contains(.untold))
        #expect(try guards(arms: 500).count <= 65)
    }

    @Test(arguments: [
        ("def needs(): pass\nassert needs.__doc__ is None\n", true),
        ("def needs(): pass\nneeds.__doc__ = 'x'\n", true),
        ("def needs(): pass\nassert other.__doc__ is None\n", false),
    ])
    func `a docstring that the module reads by name is data`(source: String, isData: Bool) throws {
        let declaration = try #require(try read(source).declarations.last)

        #expect(declaration.traits.contains(.hasRuntimeDocstring) == isData)
    }

    private func read(_ source: String) throws -> SourceOutline { try PythonLanguage().read(SourceFile(text: source)) }
}
