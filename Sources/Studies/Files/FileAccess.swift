#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads and writes whole files.
public enum FileAccess {
    /// The largest study file or model that is read: far more than anyone writes by hand.
    static let maximumTextBytes = 4 << 20

    /// The text of a study file or a model, without its byte order mark.
    ///
    /// - Parameter path: The path, or `-` for standard input.
    /// - Throws: ``FileError``.
    public static func text(at path: String) throws(FileError) -> String {
        let bytes = try bytes(at: path, limit: maximumTextBytes)
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard let string = String(validating: text, as: UTF8.self) else {
            throw .unreadable(path, "its text is not UTF-8; save it in this encoding")
        }
        return string
    }

    /// The bytes of a file.
    ///
    /// - Throws: ``FileError/unreadable(_:_:)`` when it cannot be opened or read, or is larger than `limit`.
    public static func bytes(at path: String, limit: Int) throws(FileError) -> [UInt8] {
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path, reason(errno)) }
        defer { if descriptor > 0 { _ = close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw .unreadable(path, reason(errno))
            }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else {
                throw .unreadable(path, "it is larger than \(limit / 1_000_000) MB; is this the right file?")
            }
        }
    }

    /// Writes a file beside its place and then puts it there, so that no reader ever sees half of it.
    ///
    /// - Throws: ``FileError/unwritable(_:_:)``.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        var information = stat()
        if stat(path, &information) == 0, information.st_mode & S_IFMT != S_IFREG {
            return try writeThrough(bytes, to: path)
        }
        // Interrupts wait for the moment, so that nothing half-written stays behind.
        var interrupts = sigset_t(), before = sigset_t()
        sigemptyset(&interrupts)
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&interrupts, signal) }
        pthread_sigmask(SIG_BLOCK, &interrupts, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let temporary = "\(path).\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(path, reason(errno)) }
        do throws(FileError) {
            try write(bytes, to: descriptor, path: path)
        } catch {
            _ = close(descriptor)
            _ = unlink(temporary)
            throw error
        }
        guard close(descriptor) == 0, rename(temporary, path) == 0 else {
            let cause = reason(errno)
            _ = unlink(temporary)
            throw .unwritable(path, cause)
        }
    }

    /// Writes to what is no file but a device or a pipe, which nothing may take the place of.
    private static func writeThrough(_ bytes: [UInt8], to path: String) throws(FileError) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path, reason(errno)) }
        defer { _ = close(descriptor) }
        try write(bytes, to: descriptor, path: path)
    }

    /// Writes bytes to an open file.
    public static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .unwritable(path, reason(errno))
            }
            start += count
        }
    }

    /// Makes a directory and those above it.
    ///
    /// - Throws: ``FileError/unwritable(_:_:)``.
    public static func makeDirectory(_ path: String) throws(FileError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            if mkdir(made, 0o755) != 0, errno != EEXIST { throw .unwritable(made, reason(errno)) }
        }
        var information = stat()
        guard path.isEmpty || (stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR) else {
            throw .unwritable(path, "it is not a directory")
        }
    }

    /// Whether there is a file or directory of this path.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// The names in a directory, in order; none where it cannot be read.
    static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory.isEmpty ? "." : directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            names.append(name)
        }
        return names.sorted()
    }

    /// Removes a file; one that is not there is no fault.
    static func remove(_ path: String) { _ = unlink(path) }

    private static func reason(_ code: Int32) -> String {
        switch code {
        case ENOENT: "there is no such file or directory"
        case EACCES, EPERM: "permission is denied"
        case EISDIR: "it is a directory"
        case ENOTDIR: "a part of its path is not a directory"
        case ENOSPC: "the disk is full"
        default: String(cString: strerror(code))
        }
    }
}

/// The system's `write`, under a name that no method hides.
private let systemWrite = write

/// Why a file could not be read or written.
public enum FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file could not be read; what stands in the way.
    case unreadable(String, String)
    /// The file could not be written; what stands in the way.
    case unwritable(String, String)

    /// What is wrong and with which file.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "\(path == "-" ? "standard input" : path) cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        }
    }
}
