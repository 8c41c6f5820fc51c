#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

int arka_signalfd(const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int arka_next_signal(int fd) {
    struct signalfd_siginfo info;
    return read(fd, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

int arka_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// Both may fail only with EAGAIN, and then the descriptor is already in the wanted state.
void arka_event_raise(int fd) { (void)!eventfd_write(fd, 1); }

void arka_event_clear(int fd) {
    eventfd_t count;
    (void)!eventfd_read(fd, &count);
}

int arka_epoll(void) { return epoll_create1(EPOLL_CLOEXEC); }

int arka_epoll_watch(int epoll, int fd, int readable, int writable) {
    struct epoll_event event = {.data.fd = fd};
    event.events = (readable ? EPOLLIN : 0) | (writable ? EPOLLOUT : 0);
    if (epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event) == 0) return 0;
    return errno == ENOENT ? epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) : -1;
}

void arka_epoll_forget(int epoll, int fd) { (void)epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL); }

int arka_epoll_wait(int epoll, arka_readiness *ready, int count_max, int milliseconds) {
    struct epoll_event events[64];
    if (count_max > 64) count_max = 64;
    int count = epoll_wait(epoll, events, count_max, milliseconds);
    if (count < 0) return errno == EINTR ? 0 : -1;
    for (int i = 0; i < count; i++) {
        unsigned what = events[i].events;
        ready[i].descriptor = events[i].data.fd;
        ready[i].readable = (what & (EPOLLIN | EPOLLHUP)) != 0;
        ready[i].writable = (what & EPOLLOUT) != 0;
        ready[i].failed = (what & EPOLLERR) != 0;
    }
    return count;
}

int arka_thread_id(void) { return gettid(); }

void arka_name_this_thread(const char *name) {
    char cut[16];  // the kernel refuses longer names instead of cutting them
    strncpy(cut, name, sizeof cut - 1);
    cut[sizeof cut - 1] = 0;
    pthread_setname_np(pthread_self(), cut);
}

static long long nanoseconds(struct timeval t) {
    return t.tv_sec * 1000000000LL + t.tv_usec * 1000LL;
}

void arka_cpu_time(long long *user, long long *system) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    *user = nanoseconds(usage.ru_utime);
    *system = nanoseconds(usage.ru_stime);
}

long long arka_peak_resident_bytes(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024LL;
}

int arka_terminal_columns(int fd) {
    struct winsize size;
    if (!isatty(fd)) return 0;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static int set_up_spawn(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int out, int err) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setpgroup(attributes, 0);
    int failed = posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    failed |= posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    failed |= posix_spawn_file_actions_adddup2(actions, out, 1);
    failed |= posix_spawn_file_actions_adddup2(actions, err, 2);
    failed |= posix_spawn_file_actions_addclosefrom_np(actions, 3);
    return failed;
}

int arka_spawn(
    const char *program, char *const *arguments, char *const *environment, int standard_output,
    int standard_error, int *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    pid_t child = 0;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    int result = set_up_spawn(&actions, &attributes, standard_output, standard_error);
    if (result == 0) result = posix_spawnp(&child, program, &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    *pid = child;
    return result;
}

int arka_wait_child(int pid, int block, int *exit_code, long long *user, long long *system) {
    int status = 0;
    struct rusage usage;
    pid_t ended;
    do ended = wait4(pid, &status, block ? 0 : WNOHANG, &usage);
    while (ended < 0 && errno == EINTR);
    if (ended <= 0) return (int)ended;
    *exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    *user = nanoseconds(usage.ru_utime);
    *system = nanoseconds(usage.ru_stime);
    return 1;
}

int arka_usable_processors(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : -1;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status, (void)kind, (void)place;
    (void)!remove(path);
    return 0;
}

void arka_remove_tree(const char *path) { (void)nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS); }

int arka_make_file(char *template_path) { return mkostemp(template_path, O_CLOEXEC); }

int arka_forbid_core_dumps(void) {
    // The limit alone does not bind a core_pattern that is a pipe.
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return -1;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

int arka_may_dump_core(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0; }
