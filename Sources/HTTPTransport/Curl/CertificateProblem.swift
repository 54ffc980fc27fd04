/// What is wrong with a server's certificate, by the numbers of OpenSSL's verification.
enum CertificateProblem {
    /// The words for a number; `0` stands for everything but the certificate itself and its chain, `1` for one that was
    /// never seen.
    static func text(_ number: Int, host: String) -> String {
        switch number {
        case 0: "the server does not speak TLS, or its certificate is for another name"
        case 1: "no encryption could be agreed on; check whether the server speaks TLS at this port"
        case 9, 13: "the server's certificate is not valid yet"
        case 10, 14: "the server's certificate has expired"
        case 18, 19: "the server's certificate is signed by itself; name a bundle of certificates that has it"
        case 2, 20, 21, 27: "the server's certificate has no issuer that is trusted; name a bundle that has it"
        case 23: "the server's certificate was revoked"
        case 62, 63, 64: "the server's certificate is for another name"
        default: "the server's certificate was refused (\(number))"
        }
    }
}
