import CCurl

/// What holds for libcurl in the whole process.
enum CurlLibrary {
    /// Whether libcurl could be made ready; done once.
    static let isReady: Bool = {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else { return false }
        ProcessEnd.watch()
        return true
    }()

    /// The packings that are asked for: those of HTTP that this libcurl unpacks.
    static let packings: String = {
        let features = docent_curl_features()
        let packings = [("gzip", CURL_VERSION_LIBZ), ("br", CURL_VERSION_BROTLI)]
        return packings.filter { features & Int32($0.1) != 0 }.map(\.0).joined(separator: ", ")
    }()
}
