#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the system says of a program that has run.
struct ChildProcess {
    enum Failure: Error { case cannotStart(String, Int32), ended(String, Int32) }

    /// Milliseconds of processor time, of the user's and the system's side.
    let processorMilliseconds: Double
    /// Milliseconds from start to end.
    let elapsedMilliseconds: Double
    /// The most memory it held at once, in megabytes.
    let peakMegabytes: Double

    /// Runs a program to its end with its standard output thrown away.
    init(_ path: String, _ arguments: [String]) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let start = seconds(CLOCK_MONOTONIC)
        let code = posix_spawnp(&child, path, &actions, nil, &words, environ)
        guard code == 0 else { throw Failure.cannotStart(path, code) }
        var status: Int32 = 0
        var usage = rusage()
        wait4(child, &status, 0, &usage)
        elapsedMilliseconds = 1000 * (seconds(CLOCK_MONOTONIC) - start)
        guard status == 0 else { throw Failure.ended(path, status) }
        func milliseconds(_ time: timeval) -> Double { 1000 * Double(time.tv_sec) + 1e-3 * Double(time.tv_usec) }
        processorMilliseconds = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime)
        #if os(Linux)
            peakMegabytes = Double(usage.ru_maxrss) / 1024
        #else
            peakMegabytes = Double(usage.ru_maxrss) / (1024 * 1024)
        #endif
    }
}
