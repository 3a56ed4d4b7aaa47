#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The bytes of the file at `path`.
///
/// The file is copied into memory rather than mapped, because a mapped file that another program shortens ends the
/// process.
/// - Parameters:
///   - file: the file's name for messages.
///   - limit: the largest number of bytes that is read.
/// - Throws: ``DatasetError/unreadable(file:problem:)``, ``DatasetError/tooLarge(file:bytes:limit:)``.
func contents(ofFile path: String, named file: String, limit: Int) throws(DatasetError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(file: file, problem: systemMessage(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(file: file, problem: systemMessage(errno)) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw .unreadable(file: file, problem: "it is a directory") }
    let isRegular = status.st_mode & S_IFMT == S_IFREG
    let size = isRegular ? Int(status.st_size) : 0
    guard size <= limit else { throw .tooLarge(file: file, bytes: size, limit: limit) }

    var bytes: [UInt8] = []
    // A regular file is read in one piece and one byte is asked for beyond it, which tells whether it has grown.
    var step = isRegular ? size + 1 : 1 << 16
    while true {
        var failure: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
            var got = read(descriptor, buffer.baseAddress, step)
            while got < 0, errno == EINTR { got = read(descriptor, buffer.baseAddress, step) }
            if got < 0 { failure = errno }
            count = max(got, 0)
        }
        if failure != 0 { throw .unreadable(file: file, problem: systemMessage(failure)) }
        if piece.isEmpty { return bytes }
        if bytes.isEmpty { bytes = piece } else { bytes += piece }
        guard bytes.count <= limit else { throw .tooLarge(file: file, bytes: bytes.count, limit: limit) }
        step = max(1 << 16, size - bytes.count + 1)
    }
}

/// The operating system's words for an error number.
func systemMessage(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "permission is denied"
    default: String(cString: strerror(code))
    }
}

/// The last component of a path.
func fileName(ofPath path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}
