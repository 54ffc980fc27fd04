#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The descriptors 0, 1 and 2, with which a process begins.
enum StandardDescriptors {
    /// Opens those that the caller had closed, so that nothing that is opened later takes their place and is read or
    /// written for them.
    ///
    /// Standard input is empty then; what is written to the others fails, as it did while they were closed.
    static func openThoseThatAreClosed() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            guard fcntl(descriptor, F_GETFD) == -1, errno == EBADF else { continue }
            // The lowest free number is taken, and all below this one are open.
            _ = open("/dev/null", O_RDONLY)
        }
    }
}
