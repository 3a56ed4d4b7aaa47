#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that is written beside its destination and takes its place only when it is complete.
struct AtomicFile: ~Copyable {
    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private var isDone = false

    /// Opens a new file beside `path`.
    init(path: String) throws(DatasetError) {
        self.path = path
        temporary = path + ".\(getpid()).part"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .unwritable(file: fileName(ofPath: path), problem: systemMessage(errno))
        }
    }

    deinit {
        if !isDone {
            close(descriptor)
            unlink(temporary)
        }
    }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws(DatasetError) {
        let failure = bytes.withUnsafeBytes { buffer -> Int32 in
            var offset = 0
            while offset < buffer.count, let base = buffer.baseAddress {
                let written = writeBytes(descriptor, base + offset, buffer.count - offset)
                if written < 0, errno != EINTR { return errno }
                offset += max(written, 0)
            }
            return 0
        }
        if failure != 0 { throw .unwritable(file: fileName(ofPath: path), problem: systemMessage(failure)) }
    }

    /// Puts the file in its place.
    consuming func finish() throws(DatasetError) {
        let synced = fsync(descriptor)
        guard synced == 0 || errno == EINVAL, rename(temporary, path) == 0 else {
            throw .unwritable(file: fileName(ofPath: path), problem: systemMessage(errno))
        }
        close(descriptor)
        isDone = true
    }
}

/// The system's `write`, under a name that no method hides.
private let writeBytes: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }
