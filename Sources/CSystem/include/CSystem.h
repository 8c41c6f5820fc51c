#pragma once
// What Swift's Glibc module lacks: GNU-only calls, variadic functions, macros.
//
// Plain types only, no system headers: a header that Swift imports and that pulls in <sys/select.h>
// under other feature macros than Glibc's module stops the build. _GNU_SOURCE stands in CSystem.c.

/// A descriptor from which the given signals can be read, close-on-exec and non-blocking; -1 and
/// errno on failure. The signals must be blocked in every thread.
int arka_signalfd(const int *signals, int count);

/// The number of the next signal that arrived at a descriptor of arka_signalfd, or 0 if there is none.
int arka_next_signal(int signalfd);

/// A counter descriptor for waking poll loops, close-on-exec and non-blocking; -1 and errno on failure.
int arka_eventfd(void);

/// Makes an event descriptor readable.
void arka_event_raise(int eventfd);

/// Makes an event descriptor unreadable again.
void arka_event_clear(int eventfd);

/// A descriptor that waits for many others, close-on-exec; -1 and errno on failure.
int arka_epoll(void);

/// Watches a descriptor, or changes what it is watched for. 0, or -1 and errno.
int arka_epoll_watch(int epoll, int descriptor, int readable, int writable);

/// Watches a descriptor no longer; one that is not watched, or already closed, is no error.
void arka_epoll_forget(int epoll, int descriptor);

/// What can be done with a descriptor without blocking.
typedef struct arka_readiness {
    int descriptor;
    /// Bytes, or the end of the stream, can be read.
    int readable;
    int writable;
    /// An error waits to be read.
    int failed;
} arka_readiness;

/// Waits until a watched descriptor is ready: how many are, at most `count_max` and 64, 0 if the time
/// was over or a signal came, -1 and errno on failure. Negative milliseconds wait for ever.
int arka_epoll_wait(int epoll, arka_readiness *ready, int count_max, int milliseconds);

/// The kernel's id of the calling thread, as debuggers and /proc show it.
int arka_thread_id(void);

/// Names the calling thread for debuggers and /proc; more than 15 bytes are cut.
void arka_name_this_thread(const char *name);

/// CPU time of the whole process so far, in nanoseconds (microsecond resolution).
void arka_cpu_time(long long *user, long long *system);

/// The largest resident set of the process so far, in bytes.
long long arka_peak_resident_bytes(void);

/// Columns of the terminal behind a descriptor, or 0 if it is none.
int arka_terminal_columns(int descriptor);

/// Starts a program in a process group of its own, with an empty signal mask, default signals, no
/// standard input, the two given descriptors as its outputs, and no other descriptor. `program` is
/// looked up in PATH if it has no slash. 0 and *pid, or an error number (also for "no such file").
int arka_spawn(
    const char *program, char *const *arguments, char *const *environment, int standard_output,
    int standard_error, int *pid);

/// Waits until a child has ended (or, if `block` is 0, looks whether it has): 1 and its exit code
/// (128 + signal) and CPU times in nanoseconds, 0 if it still runs, -1 and errno on failure.
int arka_wait_child(int pid, int block, int *exit_code, long long *user, long long *system);

/// How many processors the calling process may run on (its affinity mask), or -1.
int arka_usable_processors(void);

/// Removes a directory with everything in it; links are removed, not followed. What cannot be removed
/// stays.
void arka_remove_tree(const char *path);

/// Creates a file whose name nobody has yet, for this user alone and close-on-exec: the six X at the end
/// of the template are replaced. Its descriptor, or -1 and errno.
int arka_make_file(char *template_path);

/// Forbids core dumps of this process, those that a pipe takes included. 0, or -1 and errno.
int arka_forbid_core_dumps(void);

/// Whether this process could leave a core dump.
int arka_may_dump_core(void);
