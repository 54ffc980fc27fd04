import Foundation
import HTTPTransport
import Synchronization
import Testing

struct CurlAddressTests {
    @Test(arguments: [
        "http://example.com/", "http://127.0.0.1.example.com/", "http://localhost@example.com/",
        "http://localhost:80@example.com/", "http://example.com#@localhost/", "http://localhost.example.com/",
        "http://128.0.0.1/", "http://0.0.0.0/", "http://[::2]/", "http://[::ffff:127.0.0.1]/", "http://[::]/",
        "http://2130706434.example.com/", "http://3232235777/", "http://127.0.0.1.:1@example.com/",
        "http://localhosts/", "HTTP://EXAMPLE.COM/", "http://notlocalhost/",
        "http:example.com/",
    ])
    func `takes no plain http to another machine, however it is written`(url: String) async throws {
        let transport = CurlTransport()

        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest("GET", url)) }

        #expect(error?.kind == .insecureURL || error?.kind == .invalidURL)
        await transport.close()
    }

    @Test(arguments: [
        "127.0.0.1", "localhost", "LOCALHOST", "2130706433", "0x7f.1", "127.1", "someone:secret@127.0.0.1",
    ])
    func `takes plain http to this machine`(host: String) async throws {
        let server = ScriptedServer { connection in
            while connection.request() != nil { connection.answer([1]) }
        }
        let transport = CurlTransport()

        let response = try await transport.send(HTTPRequest("GET", "http://\(host):\(server.port)/"))

        #expect(response.body == [1])
        await transport.close()
        server.stop()
    }

    @Test(arguments: [
        "ftp://localhost/", "file:///etc/passwd", "gopher://localhost/", "localhost", "", "://", "https://",
    ])
    func `takes no other address`(url: String) async throws {
        let transport = CurlTransport()

        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest("GET", url)) }

        #expect(error?.kind == .invalidURL || error?.kind == .insecureURL)
        await transport.close()
    }

    @Test(arguments: [
        ("http://127.0.0.1:99999/v1", "127.0.0.1:99999: the port is no number from 0 to 65535"),
        ("http://me:word@127.0.0.1:99999/", "the port is no number from 0 to 65535"),
        ("http://me:pass/word@127.0.0.1/", "the port is no number from 0 to 65535"),
        ("https:///openai/v1", "the address cannot be read; it has the form https://host/path"),
        ("ftp:///openai/v1", "the address cannot be read; it has the form https://host/path"),
        ("ftp://host/", "host: addresses of the scheme ftp are not taken; use https"),
    ])
    func `says what is wrong with an address, without anybody's password`(url: String, message: String) async throws {
        let transport = CurlTransport()

        let error = await #expect(throws: HTTPError.self) { try await transport.send(HTTPRequest("GET", url)) }

        #expect(error?.kind == .invalidURL)
        #expect(error?.description == message)
        await transport.close()
    }

    @Test func `reaches [::1]`() async throws {
        let transport = CurlTransport()

        let error = await #expect(throws: HTTPError.self) {
            try await transport.send(HTTPRequest("GET", "http://[::1]:1/"))
        }

        #expect(error?.kind == .connection)
        await transport.close()
    }

    @Test(arguments: [false, true])
    func `asks one address after another on one handle`(byProxy: Bool) async throws {
        let asked = Mutex<[String]>([])
        let server = ScriptedServer { connection in
            while let request = connection.request() {
                let lines = request.head.components(separatedBy: "\r\n")
                asked.withLock { $0.append(lines[0] + " | " + (lines.first { $0.hasPrefix("Host: ") } ?? "")) }
                connection.answer([1])
            }
        }
        var configuration = CurlTransport.Configuration()
        configuration.proxy = byProxy ? .address("http://127.0.0.1:\(server.port)") : .none
        let transport = CurlTransport(configuration)
        let hosts = ["127.0.0.1:\(server.port)", "localhost:\(server.port)"]
        let addresses = hosts.flatMap { host in ["/a?b=c", "/%20", "", "/a?b=c"].map { host + $0 } }

        for address in addresses { _ = try await transport.send(HTTPRequest("GET", "http://" + address)) }

        let expected = addresses.map { address in
            let host = address.prefix { $0 != "/" }
            let path = address.count == host.count ? "/" : address.dropFirst(host.count)
            return "GET \(byProxy ? "http://\(host)" : "")\(path) HTTP/1.1 | Host: \(host)"
        }
        #expect(asked.withLock { $0 } == expected)
        await transport.close()
        server.stop()
    }

    @Test func `goes by a proxy, and straight to this machine`() async throws {
        let asked = Mutex<[String]>([])
        let server = ScriptedServer { connection in
            while let request = connection.request() {
                let lines = request.head.components(separatedBy: "\r\n")
                asked.withLock { $0.append(lines[0] + " | " + (lines.first { $0.hasPrefix("User-Agent: ") } ?? "")) }
                guard !request.head.hasPrefix("CONNECT ") else { return connection.answer(status: "403 Forbidden") }
                connection.answer([1])
            }
        }
        var configuration = CurlTransport.Configuration()
        configuration.proxy = .address("http://127.0.0.1:\(server.port)")
        configuration.allowsInsecureHTTP = true
        let transport = CurlTransport(configuration)

        #expect(try await transport.send(HTTPRequest("GET", "http://nowhere.invalid/a")).status == 200)
        let error = await #expect(throws: HTTPError.self) {
            try await transport.send(HTTPRequest("GET", "https://nowhere.invalid/a"))
        }

        let lines = asked.withLock { $0 }
        let name = "User-Agent: \(configuration.userAgent)"
        #expect(
            lines == [
                "GET http://nowhere.invalid/a HTTP/1.1 | \(name)", "CONNECT nowhere.invalid:443 HTTP/1.1 | \(name)",
            ]
        )
        #expect(error?.host == "nowhere.invalid:443")
        await transport.close()
        server.stop()
    }

    @Test func `takes plain http to another machine for the request alone that allows it`() async throws {
        let server = ScriptedServer { connection in
            while connection.request() != nil { connection.answer([1]) }
        }
        var configuration = CurlTransport.Configuration()
        configuration.proxy = .address("http://127.0.0.1:\(server.port)")
        let transport = CurlTransport(configuration)
        let refused = HTTPRequest("GET", "http://nowhere.invalid/a")
        var allowed = refused
        allowed.allowsInsecureHTTP = true

        for _ in 0..<2 {
            let error = await #expect(throws: HTTPError.self) { try await transport.send(refused) }
            #expect(error?.kind == .insecureURL)
            #expect(try await transport.send(allowed).status == 200)
        }

        await transport.close()
        server.stop()
    }

    @Test(arguments: [
        (["http_proxy": "p:1", "https_proxy": "s:1", "no_proxy": "a,b"], "p:1", "s:1", "a,b"),
        (["HTTP_PROXY": "evil:1", "HTTPS_PROXY": "s:1", "NO_PROXY": "*"], "", "s:1", "*"),
        (["all_proxy": "x:1", "https_proxy": "s:1"], "x:1", "s:1", ""),
        (["ALL_PROXY": "x:1"], "x:1", "x:1", ""),
        ([:], "", "", ""),
    ])
    func `reads the proxies of the environment`(
        environment: [String: String],
        plain: String,
        encrypted: String,
        exceptions: String
    ) throws {
        let route = ProxyRoute(.environment) { environment[$0] }

        let other = try RequestTarget("http://example.com", allowsInsecureHTTP: true)
        let encryptedTarget = try RequestTarget("https://example.com", allowsInsecureHTTP: false)
        let loopback = try RequestTarget("http://localhost:80", allowsInsecureHTTP: false)
        #expect(route.proxy(to: other) == plain)
        #expect(route.proxy(to: encryptedTarget) == encrypted)
        #expect(route.proxy(to: loopback) == "")
        #expect(route.exceptions == exceptions)
    }

    @Test func `shows no key, no body and no query when a request or an answer is printed`() {
        var request = HTTPRequest("POST", "https://a:secret@b/c?key=secret#secret", body: Array("secret".utf8))
        request.headers["Authorization"] = "Bearer secret"
        request.headers["x-api-key"] = "secret"
        request.headers["Content-Type"] = "application/json"
        let response = HTTPResponse(status: 200, headers: ["Set-Cookie": "secret"], body: Array("secret".utf8))

        var dumped = ""
        dump(request, to: &dumped)
        dump(response, to: &dumped)
        let texts = ["\(request)", String(reflecting: request), "\(response)", String(reflecting: response), dumped]

        #expect(texts.allSatisfy { !$0.contains("secret") && !$0.contains("115") })
        #expect(
            "\(request)" == "POST https://b/c (6 bytes; Authorization: …, x-api-key: …, Content-Type: application/json)"
        )
        #expect("\(response)" == "200 (6 bytes; Set-Cookie: …)")
    }
}
