import Foundation
import HTTPTransport
import TestSupport
import Testing

@Suite(.enabled(if: EncryptedServer.isPossible, "no encrypted server: install nginx and openssl"))
struct CurlEncryptionTests {
    @Test func `trusts the certificates of the bundle, and speaks HTTP/2 where it is offered`() async throws {
        let server = try await EncryptedServer()
        for (usesHTTP2, version) in [(true, "HTTP/2.0"), (false, "HTTP/1.1")] {
            let transport = CurlTransport(server.configuration(usesHTTP2: usesHTTP2))

            let response = try await transport.send(HTTPRequest("GET", server.url + "version"))

            #expect(String(decoding: response.body, as: UTF8.self) == version)
            await transport.close()
        }
        server.stop()
    }

    @Test func `refuses a server that nobody vouches for`() async throws {
        let server = try await EncryptedServer()
        let transport = CurlTransport()
        let host = "localhost:\(server.port)"
        let reason = "the server's certificate is signed by itself; name a bundle of certificates that has it"

        await #expect(throws: HTTPError(.untrusted, "no trusted encryption: " + reason, host: host)) {
            try await transport.send(HTTPRequest("GET", server.url))
        }
        await transport.close()
        server.stop()
    }

    @Test func `refuses a certificate for another name`() async throws {
        let server = try await EncryptedServer()
        let transport = CurlTransport(server.configuration(usesHTTP2: true))

        let error = await #expect(throws: HTTPError.self) {
            try await transport.send(HTTPRequest("GET", "https://127.0.0.1:\(server.port)/"))
        }

        #expect(error?.kind == .untrusted)
        await transport.close()
        server.stop()
    }

    @Test func `tells that the bundle cannot be read`() async throws {
        let server = try await EncryptedServer()
        var configuration = CurlTransport.Configuration()
        configuration.certificateBundlePath = "/nowhere/bundle.pem"
        let transport = CurlTransport(configuration)
        let message = "the file of trusted certificates cannot be read; check its path"

        await #expect(throws: HTTPError(.untrusted, message, host: "localhost:\(server.port)")) {
            try await transport.send(HTTPRequest("GET", server.url))
        }
        await transport.close()
        server.stop()
    }

    @Test func `tells that a server does not speak TLS`() async throws {
        let server = ScriptedServer { connection in connection.answer(status: "400 Bad Request") }
        let transport = CurlTransport()

        let reason = "no encryption could be agreed on; check whether the server speaks TLS at this port"
        let error = HTTPError(.untrusted, "no trusted encryption: " + reason, host: "127.0.0.1:\(server.port)")

        await #expect(throws: error) {
            try await transport.send(HTTPRequest("GET", "https://127.0.0.1:\(server.port)/"))
        }
        await transport.close()
        server.stop()
    }

    @Test func `shares a connection among whole answers, past a stream that nobody reads`() async throws {
        let server = try await EncryptedServer()
        let transport = CurlTransport(server.configuration(usesHTTP2: true))
        let stream = try await transport.open(HTTPRequest("GET", server.url + "large"))

        let first = try await transport.send(HTTPRequest("GET", server.url + "connection"))
        let connections = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<50 {
                group.addTask { try await transport.send(HTTPRequest("GET", server.url + "connection")).body }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }

        #expect(connections == [first.body])
        #expect(try await stream.body.whole().count == EncryptedServer.largeBytes)
        await transport.close()
        server.stop()
    }

    @Test func `lets a process end in the midst of its transfers`() async throws {
        let server = try await EncryptedServer()

        await #expect(processExitsWith: .success) {
            [url = server.url as String, bundle = server.certificatePath as String] in
            // Registered first, so that it runs after OpenSSL's: the threads go on while nothing of it is left.
            atexit { usleep(200_000) }
            try await Self.transfer(from: url, trusting: bundle, until: 50)
            exit(EXIT_SUCCESS)
        }

        server.stop()
    }

    /// Has connections made and broken off without end; returns once so many answers have come.
    private static func transfer(from url: String, trusting bundle: String, until count: Int) async throws {
        var configuration = CurlTransport.Configuration()
        configuration.certificateBundlePath = bundle
        let (answers, came) = AsyncStream.makeStream(of: Void.self)
        for _ in 0..<4 {
            Task.detached { [configuration] in
                while true {
                    let transport = CurlTransport(configuration)
                    _ = try await transport.send(HTTPRequest("GET", url + "version"))
                    came.yield()
                }
            }
        }
        var iterator = answers.makeAsyncIterator()
        for _ in 0..<count { await iterator.next() }
    }
}

/// nginx on loopback, with a certificate that vouches for itself.
final class EncryptedServer: Sendable {
    static let largeBytes = 20_000_000

    static let isPossible = ["/usr/sbin/nginx", "/usr/bin/openssl"].allSatisfy(FileManager.default.isExecutableFile)

    let port: UInt16
    private let folder: URL
    private let process: ChildProcess

    var url: String { "https://localhost:\(port)/" }

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "docent-nginx-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.makeCertificate(in: folder)
        try Data(count: Self.largeBytes).write(to: folder.appending(path: "large"))
        // A port that was free may be taken by another test.
        var started: (UInt16, ChildProcess)?
        for _ in 0..<5 where started == nil { started = try await Self.started(in: folder) }
        (port, process) = try #require(started)
    }

    /// nginx as it listens; `nil` where it has ended instead.
    private static func started(in folder: URL) async throws -> (port: UInt16, process: ChildProcess)? {
        let port = freePort()
        try settings(port: port, folder: folder).write(
            to: folder.appending(path: "nginx.conf"),
            atomically: true,
            encoding: .utf8
        )
        let process = ChildProcess()
        process.executableURL = URL(filePath: "/usr/sbin/nginx")
        process.arguments = ["-p", folder.path, "-c", "nginx.conf"]
        process.standardError = FileHandle.nullDevice
        try process.run()
        let transport = CurlTransport(configuration(in: folder, usesHTTP2: false))
        let request = HTTPRequest("GET", "https://localhost:\(port)/version")
        while process.isRunning, (try? await transport.send(request)) == nil { await Task.yield() }
        await transport.close()
        return process.isRunning ? (port, process) : nil
    }

    private static func freePort() -> UInt16 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        return ScriptedServer.bind(listener)
    }

    var certificatePath: String { Self.certificatePath(in: folder) }

    private static func certificatePath(in folder: URL) -> String { folder.appending(path: "certificate.pem").path }

    func configuration(usesHTTP2: Bool) -> CurlTransport.Configuration {
        Self.configuration(in: folder, usesHTTP2: usesHTTP2)
    }

    private static func configuration(in folder: URL, usesHTTP2: Bool) -> CurlTransport.Configuration {
        var configuration = CurlTransport.Configuration()
        configuration.certificateBundlePath = certificatePath(in: folder)
        configuration.usesHTTP2 = usesHTTP2
        return configuration
    }

    deinit {
        if process.isRunning { stop() }
    }

    func stop() {
        // Its threads' signals are blocked where it was started from a thread of a pool.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func makeCertificate(in folder: URL) throws {
        let openssl = ChildProcess()
        openssl.executableURL = URL(filePath: "/usr/bin/openssl")
        openssl.currentDirectoryURL = folder
        openssl.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost",
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
    }

    private static func settings(port: UInt16, folder: URL) -> String {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \($0);" }
        return """
            daemon off; master_process off; pid nginx.pid; error_log stderr emerg;
            events { worker_connections 512; }
            http {
                access_log off; \(temporary.joined(separator: " "))
                server {
                    listen 127.0.0.1:\(port) ssl http2;
                    ssl_certificate certificate.pem; ssl_certificate_key key.pem; root \(folder.path);
                    location /version { return 200 $server_protocol; }
                    location /connection { return 200 $connection; }
                }
            }
            """
    }
}
