import Docstrings
import SourceCode

/// Writes the Markdown pages of a run's files, as they stand on the disk after it.
///
/// The files are read twice, once for the names that pages link to and once for the pages, so that memory stays bounded.
struct MarkdownRun {
    let settings: Settings
    let languages: LanguageTable
    let style: any DocstringStyle
    let jobs: Int

    /// Writes a page for each file that can be read, and the index; what fails is added to the report.
    func write(_ files: [ProjectFile], roots: RootPaths, to folder: String, report: inout RunReport) async throws {
        let sources = files.map { BookSource(path: $0.path, relativePath: roots.relativePath(of: $0.path)) }
        let workingFolder = resolvedPath(of: ".") ?? "/"
        var book = MarkdownBook(sources: sources, folder: folder, workingFolder: workingFolder, settings: settings)
        let empty = book
        let isKnown = await OrderedWork.run(files, jobs: jobs) { file in
            guard let (outline, language) = self.read(file) else { return nil as ModuleFacts? }
            return empty.facts(of: outline, language: language, style: style)
        } each: { facts in
            if let facts { book.add(facts) }
            return true
        }
        guard isKnown else { return report.isInterrupted = true }
        let (complete, pages) = (book, PageFolder.onDisk(folder))
        var failures: [(path: String, reason: String)] = []
        let isWritten = await OrderedWork.run(files, jobs: jobs) { file in
            self.put(file, of: complete, into: pages)
        } each: { failure in
            if let failure { failures.append(failure) }
            return true
        }
        report.isInterrupted = !isWritten
        if isWritten {
            let index = complete.index()
            let leftBehind = (try? pages.pagesLeftBehind(by: index)) ?? []
            report.pagesLeftBehind = leftBehind.map { joined(folder, $0) }.filter { FileStatus(following: $0) != nil }
            failures += self.put(index, into: pages).map { [$0] } ?? []
        }
        report.failed += failures.map { (joined(folder, $0.path), $0.reason) }
    }

    private func read(_ file: ProjectFile) -> (outline: SourceOutline, language: any SourceLanguage)? {
        guard let language = languages.language(for: file.path), let contents = try? FileContents.read(file),
            let outline = try? language.read(SourceFile(path: file.path, bytes: contents.bytes))
        else { return nil }
        return (outline, language)
    }

    /// Writes a file's page; files that cannot be read were reported before and have none.
    private func put(
        _ file: ProjectFile,
        of book: MarkdownBook,
        into pages: PageFolder
    ) -> (path: String, reason: String)? {
        guard let (outline, language) = read(file) else { return nil }
        return book.page(for: outline, language: language, style: style).flatMap { put($0, into: pages) }
    }

    private func put(_ page: MarkdownPage, into pages: PageFolder) -> (path: String, reason: String)? {
        do {
            try pages.put(page)
            return nil
        } catch {
            return (page.path, (error as? FileError)?.reason ?? "\(error)")
        }
    }
}

extension PageFolder {
    /// A folder of the file system; it is made when the first page is written.
    static func onDisk(_ folder: String) -> PageFolder {
        let writer = AtomicWriter()
        return PageFolder(
            read: { name in
                do throws(FileError) {
                    return try FileContents.read(path: joined(folder, name)).bytes
                } catch {
                    if error.kind == .missing { return nil }
                    throw error
                }
            },
            write: { name, bytes in try writer.put(bytes, at: joined(folder, name)) }
        )
    }
}
