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
