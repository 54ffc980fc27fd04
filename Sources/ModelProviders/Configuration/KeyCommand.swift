#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A command that prints a key: run by the shell in a session of its own, without terminal and input, for a limited
/// time.
///
/// When it has ended, failed or taken too long, everything it has started and left in its session's group is killed.
package struct KeyCommand: Sendable {
    /// How long a command may take.
    package static let limit = Duration.seconds(30)
    private static let maximumOutput = 64 << 10
    fileprivate static let maximumErrors = 4096

    /// The command.
    private let command: String
    private let limit: Duration

    /// A command for `/bin/sh`.
    package init(_ command: String, limit: Duration = Self.limit) {
        self.command = command
        self.limit = limit
    }

    /// Runs the command and gives what it prints.
    ///
    /// - Throws: ``ConfigurationProblem`` with the first line that the command wrote to its standard error, where it
    ///   failed; never with what it printed.
    package func output() throws(ConfigurationProblem) -> String {
        let process = try Self.start(command)
        let ending = process.wait(upTo: limit, most: Self.maximumOutput)
        let printed = String(decoding: process.output.bytes, as: UTF8.self)
        let reason = Self.reason(process.errors.bytes, without: printed)
        switch ending {
        case .exited(0):
            guard process.output.bytes.count <= Self.maximumOutput else {
                throw Self.problem("prints more than a key")
            }
            return printed
        case .exited(let status): throw Self.problem("failed with status \(status)\(reason)")
        case .killed(let signal): throw Self.problem("was ended by signal \(signal)\(reason)")
        case .unseen:
            let cause = "this program ignores SIGCHLD, or takes the ends of all processes that it starts"
            throw Self.problem("has ended, but how is not known: \(cause); let it do neither")
        case .late:
            let seconds = limit.components.seconds
            let hint = "; it gets neither a terminal nor input, so it must not ask for anything"
            throw Self.problem("took longer than \(seconds) seconds and was stopped\(reason)\(hint)")
        }
    }

    private static func problem(_ message: String) -> ConfigurationProblem {
        ConfigurationProblem(message: "the key's command \(message)")
    }

    /// The first line of what a command complained about, without keys and without what it printed.
    private static func reason(_ bytes: [UInt8], without printed: String) -> String {
        let text = String(decoding: bytes, as: UTF8.self).beginning(upTo: maximumErrors - 1)
        let lines = text.split(whereSeparator: \.isNewline)
        guard var line = lines.first(where: { $0.contains { !$0.isWhitespace } }).map(String.init) else {
            return "; run it yourself to see why"
        }
        for word in printed.split(whereSeparator: \.isWhitespace) where word.utf8.count >= 4 {
            line = line.replacing(word, with: "***")
        }
        return ": " + String(FailedAnswer.sentence(line).prefix(300))
    }
}

extension KeyCommand {
    private static func start(_ command: String) throws(ConfigurationProblem) -> RunningCommand {
        guard let output = Pipe(), let errors = Pipe() else { throw unstarted(errno) }
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writeEnd, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.writeEnd, 2)
        // Signals that this process ignores or holds back are not the command's concern.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | ownSession
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var process: pid_t = 0
        let words: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", command].map { (word: String) in strdup(word) }
        defer { for word in words { free(word) } }
        let fault = posix_spawn(&process, "/bin/sh", &actions, &attributes, words + [nil], environ)
        guard fault == 0 else { throw unstarted(fault) }
        output.closeWriteEnd()
        errors.closeWriteEnd()
        return RunningCommand(process: process, output: output, errors: errors)
    }

    /// `POSIX_SPAWN_SETSID`, which the C library's module leaves out.
    #if canImport(Darwin)
    private static let ownSession: Int32 = 0x400
    #else
    private static let ownSession: Int32 = 0x80
    #endif

    private static func unstarted(_ fault: Int32) -> ConfigurationProblem {
        problem("cannot be started: \(String(cString: strerror(fault)))")
    }
}

/// A command that runs, and what it has written.
private final class RunningCommand {
    enum Ending {
        case exited(Int32)
        case killed(Int32)
        case late
        /// Somebody else has taken the end.
        case unseen
    }

    private enum State {
        case running
        /// It has ended, and its number is still its own: nobody has looked after it yet.
        case ended
        case gone
    }

    let output: Pipe
    let errors: Pipe
    private let process: pid_t

    init(process: pid_t, output: Pipe, errors: Pipe) {
        self.process = process
        self.output = output
        self.errors = errors
    }

    /// Reads until the command has ended, at most for so long; what it has left behind in its group is killed.
    func wait(upTo limit: Duration, most: Int) -> Ending {
        let deadline = ContinuousClock.now.advanced(by: limit)
        // The end of the command counts, not the end of its output: what it left running may hold that open.
        while true {
            let isRead = read(most)
            switch state {
            case .running where ContinuousClock.now < deadline:
                if !isRead { pause() }
            case .running:
                stop()
                return .late
            case .ended:
                kill(-process, SIGKILL)
                drain(most)
                return ending
            case .gone:
                // The number may be another process's by now.
                return .unseen
            }
        }
    }

    /// How the command stands; leaves its end to be taken.
    private var state: State {
        var info = siginfo_t()
        guard waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 else {
            return errno == EINTR ? .running : .gone
        }
        return info.si_signo == 0 ? .running : .ended
    }

    /// Takes the end of a command that has ended.
    private var ending: Ending {
        var status: Int32 = 0
        while waitpid(process, &status, 0) != process {
            guard errno == EINTR else { return .unseen }
        }
        return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(status & 0x7F)
    }

    /// Kills a command that runs, with all its group, and takes its end, which comes at once but for faults of the
    /// system's.
    private func stop() {
        kill(-process, SIGKILL)
        let deadline = ContinuousClock.now.advanced(by: .seconds(1))
        while case .running = state, ContinuousClock.now < deadline {
            if !read(KeyCommand.maximumErrors) { pause() }
        }
        if case .ended = state { _ = ending }
    }

    /// Reads what a command that has ended may have left in the pipes, which hold no more than so much; what writes on
    /// behind it is not waited for.
    private func drain(_ most: Int) {
        for _ in 0..<256 where !read(most) { return }
    }

    /// Reads what is there; `false` where nothing is.
    private func read(_ most: Int) -> Bool {
        let hasOutput = output.read(keeping: most + 1)
        let hasErrors = errors.read(keeping: KeyCommand.maximumErrors)
        return hasOutput || hasErrors
    }

    /// Waits for something to read, at most for a few milliseconds: nothing tells of the command's end itself.
    private func pause() {
        var descriptors = [output, errors].filter { !$0.hasEnded }.map {
            pollfd(fd: $0.readEnd, events: Int16(POLLIN), revents: 0)
        }
        poll(&descriptors, nfds_t(descriptors.count), 10)
    }
}

/// The reading end of a pipe, and what came through.
private final class Pipe {
    let readEnd: Int32
    private(set) var writeEnd: Int32
    private(set) var bytes: [UInt8] = []
    private(set) var hasEnded = false

    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        (readEnd, writeEnd) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(readEnd)
        closeWriteEnd()
    }

    func closeWriteEnd() {
        guard writeEnd >= 0 else { return }
        close(writeEnd)
        writeEnd = -1
    }

    /// Reads what is there and keeps the beginning; `false` where nothing is.
    func read(keeping most: Int) -> Bool {
        guard !hasEnded else { return false }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readBytes(readEnd, &buffer, buffer.count)
        if count > 0 {
            bytes += buffer[..<min(count, max(0, most - bytes.count))]
            return true
        }
        hasEnded = count == 0 || errno != EAGAIN && errno != EINTR
        return false
    }
}

/// `read` of the C library, which a method of the same name hides.
private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
