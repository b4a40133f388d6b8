#define _GNU_SOURCE
#include "Call.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

_Static_assert((int)CLINUX_READABLE == (int)EPOLLIN, "epoll");
_Static_assert((int)CLINUX_WRITABLE == (int)EPOLLOUT, "epoll");
_Static_assert((int)CLINUX_ERROR == (int)EPOLLERR, "epoll");
_Static_assert((int)CLINUX_HANGUP == (int)EPOLLHUP, "epoll");
_Static_assert((int)CLINUX_PATH_ONLY == (int)O_PATH, "open");

// Readiness -----------------------------------------------------------------------------------

int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int clinux_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int clinux_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  return epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event);
}

int clinux_epoll_delete(int epoll, int descriptor) {
  struct epoll_event ignored = {0};  // Kernels before 2.6.9 wanted one; it costs nothing.
  return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &ignored);
}

int clinux_epoll_wait(int epoll, struct clinux_ready *ready, int capacity, int timeout) {
  struct epoll_event events[256];
  int count = epoll_wait(epoll, events, capacity < 256 ? capacity : 256, timeout);
  for (int i = 0; i < count; i++) {
    ready[i].token = events[i].data.u64;
    ready[i].events = events[i].events;
  }
  return count;
}

// Descriptors ---------------------------------------------------------------------------------

int clinux_eventfd(int nonblocking) {
  return eventfd(0, EFD_CLOEXEC | (nonblocking ? EFD_NONBLOCK : 0));
}

int clinux_pipe(int ends[2], int nonblocking) {
  if (pipe2(ends, O_CLOEXEC) < 0) return -1;
  // The flag of pipe2 would concern the writing end too, which programs expect to wait. A fresh
  // reading end has no other flags, so setting this one fails for no reason.
  if (nonblocking) fcntl(ends[0], F_SETFL, O_RDONLY | O_NONBLOCK);
  return 0;
}

int clinux_socketpair(int ends[2]) {
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
}

int clinux_set_nonblocking(int descriptor, int nonblocking) {
  int flags = fcntl(descriptor, F_GETFL);
  if (flags < 0) return -1;
  int wanted = nonblocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
  return wanted == flags ? 0 : fcntl(descriptor, F_SETFL, wanted);
}

int clinux_set_close_on_exec(int descriptor, int closes) {
  return fcntl(descriptor, F_SETFD, closes ? FD_CLOEXEC : 0);
}

void clinux_close_on_exec_from(int first) {
#ifdef SYS_close_range
  // Linux 5.9, the flag 5.11; before them the kernel refuses and the long way is taken.
  if (syscall(SYS_close_range, first, ~0U, 4 /* CLOSE_RANGE_CLOEXEC */) == 0) return;
#endif
  DIR *folder = opendir("/proc/self/fd");
  if (folder == NULL) {
    for (int descriptor = first; descriptor < 65536; descriptor++) {
      fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    }
    return;
  }
  struct dirent *entry;
  while ((entry = readdir(folder)) != NULL) {
    if (entry->d_name[0] == '.') continue;
    int descriptor = atoi(entry->d_name);
    if (descriptor >= first) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  }
  closedir(folder);
}

// Signals -------------------------------------------------------------------------------------

static sigset_t signal_set(uint64_t bits) {
  sigset_t set;
  sigemptyset(&set);
  for (int number = 1; number <= 64; number++) {
    if (bits & (UINT64_C(1) << (number - 1))) sigaddset(&set, number);
  }
  return set;
}

int clinux_block_signals(uint64_t bits) {
  sigset_t set = signal_set(bits);
  return pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int clinux_signalfd(uint64_t bits) {
  sigset_t set = signal_set(bits);
  return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int clinux_signalfd_read(int descriptor, int32_t *numbers, int capacity) {
  struct signalfd_siginfo signals[16];
  size_t wanted = (size_t)(capacity < 16 ? capacity : 16) * sizeof signals[0];
  ssize_t size = read(descriptor, signals, wanted);
  if (size < 0) return errno == EAGAIN ? 0 : -1;
  int count = (int)(size / (ssize_t)sizeof signals[0]);
  for (int i = 0; i < count; i++) numbers[i] = (int32_t)signals[i].ssi_signo;
  return count;
}

int clinux_signal_is_ignored(int number) {
  struct sigaction action;
  return sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void clinux_default_signal(int number) {
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigaction(number, &action, NULL);
}

/// Whether children are to get back the default of SIGXFSZ, which this process had from its own parent.
static int file_size_signal_is_ours;

void clinux_survive_writes(void) {
  signal(SIGPIPE, SIG_IGN);
  if (signal(SIGXFSZ, SIG_IGN) != SIG_IGN) file_size_signal_is_ours = 1;
}

// Processes -----------------------------------------------------------------------------------

/// The child's half; returns only when something failed: its errno.
///
/// It shares the parent's memory until execve: it must not allocate, lock, or change any variable.
UNWATCHED int clinux_become(const struct clinux_spawn *request) {
  long result;
  if (request->new_session && (result = call(SYS_setsid, 0, 0, 0, 0)) < 0) return (int)-result;
  if (request->directory != NULL) {
    result = call(SYS_chdir, (long)request->directory, 0, 0, 0);
    if (result < 0) return (int)-result;
  }
  if (request->open_files != UINT64_MAX) {
    struct rlimit64 limit;
    result = call(SYS_prlimit64, 0, RLIMIT_NOFILE, 0, (long)&limit);
    if (result < 0) return (int)-result;
    limit.rlim_cur = request->open_files < limit.rlim_max ? request->open_files : limit.rlim_max;
    result = call(SYS_prlimit64, 0, RLIMIT_NOFILE, (long)&limit, 0);
    if (result < 0) return (int)-result;
  }

  // A source below 4 could be overwritten before its turn; such sources are moved out of the way.
  long sources[4];
  for (int target = 0; target < 4; target++) {
    long source = request->descriptors[target];
    if (source >= 0 && source < 4 && source != target) {
      source = call(SYS_fcntl, source, F_DUPFD_CLOEXEC, 4, 0);
      if (source < 0) return (int)-source;
    }
    sources[target] = source;
  }
  for (int target = 0; target < 4; target++) {
    if (sources[target] < 0) continue;
    // dup3 onto itself is an error, and dup2 would leave the descriptor close-on-exec.
    result = sources[target] == target ? call(SYS_fcntl, target, F_SETFD, 0, 0)
                                       : call(SYS_dup3, sources[target], target, 0, 0);
    if (result < 0) return (int)-result;
  }

  // execve itself gives every handled signal its default again; only what is ignored stays so. All
  // zero is the default in the kernel's own struct sigaction, which is smaller than this.
  uint64_t by_default[8] = {0}, blocked = request->blocks_signals ? ~UINT64_C(0) : 0;
  call(SYS_rt_sigaction, SIGPIPE, (long)by_default, 0, sizeof blocked);
  if (file_size_signal_is_ours) {
    call(SYS_rt_sigaction, SIGXFSZ, (long)by_default, 0, sizeof blocked);
  }
  call(SYS_rt_sigprocmask, SIG_SETMASK, (long)&blocked, 0, sizeof blocked);
  return (int)-call(
      SYS_execve, (long)request->path, (long)request->arguments, (long)request->environment, 0);
}

/// Runs a child on a stack of its own, or on its parent's while that waits.
static UNWATCHED int run_child(void *argument) {
  struct clinux_spawn *request = argument;
  request->failure = request->is_warded ? clinux_become_warden(request) : clinux_become(request);
  call(SYS_exit_group, 127, 0, 0, 0);
  return 127;
}

static int start_child(struct clinux_spawn *request, char *stack, uint64_t stack_size) {
  if (RUNS_BESIDE && stack != NULL) {
    int pid = clone(run_child, stack + stack_size, CLONE_VM | SIGCHLD, request);
    // Emulators of other processors know CLONE_VM only for threads.
    if (pid > 0 || errno != EINVAL) return pid;
  }
  pid_t pid = vfork();
  if (pid == 0) run_child(request);
  return pid;
}

int clinux_spawn(struct clinux_spawn *request, char *stack, uint64_t stack_size) {
  sigset_t all, before;
  sigfillset(&all);
  // No handler may run in the child while it borrows this process's memory.
  pthread_sigmask(SIG_SETMASK, &all, &before);
  request->failure = 0;
  int pid = start_child(request, stack, stack_size);
  int failure = pid < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (pid > 0 && stack == NULL && request->failure != 0) {
    failure = request->failure;
    int status;
    clinux_wait(pid, &status);
    pid = -1;
  }
  if (pid < 0) errno = failure;
  return pid;
}

int clinux_reap(int pid, int *status) {
  pid_t ended;
  do {
    ended = wait4(pid, status, WNOHANG, NULL);
  } while (ended < 0 && errno == EINTR);
  return ended;
}

int clinux_wait(int pid, int *status) {
  pid_t ended;
  do {
    ended = wait4(pid, status, 0, NULL);
  } while (ended < 0 && errno == EINTR);
  return ended;
}

int clinux_exited(int status) { return WIFEXITED(status); }
int clinux_exit_code(int status) { return WEXITSTATUS(status); }
int clinux_term_signal(int status) { return WTERMSIG(status); }

int clinux_open_process(int pid) {
#ifdef SYS_pidfd_open
  return (int)syscall(SYS_pidfd_open, pid, 0);
#else
  (void)pid;
  errno = ENOSYS;
  return -1;
#endif
}

int clinux_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int clinux_usable_processors(void) {
  // The mask must be as wide as the kernel's, which is not known beforehand.
  for (int capacity = 1024; capacity <= 1 << 20; capacity *= 2) {
    cpu_set_t *set = CPU_ALLOC((size_t)capacity);
    if (set == NULL) return -1;
    size_t size = CPU_ALLOC_SIZE((size_t)capacity);
    int result = sched_getaffinity(0, size, set);
    int count = result == 0 ? CPU_COUNT_S(size, set) : -1;
    int reason = errno;
    CPU_FREE(set);
    errno = reason;
    if (result == 0 || reason != EINVAL) return count;
  }
  return -1;
}

int clinux_open_files(uint64_t *soft, uint64_t *hard) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -1;
  *soft = limit.rlim_cur;
  *hard = limit.rlim_max;
  return 0;
}

int clinux_set_open_files(uint64_t soft, uint64_t hard) {
  struct rlimit limit = {.rlim_cur = soft, .rlim_max = hard};
  return setrlimit(RLIMIT_NOFILE, &limit);
}

struct stack_body {
  void (*run)(void);
  sigset_t signals;
};

static void *run_stack_body(void *raw) {
  struct stack_body *body = raw;
  pthread_sigmask(SIG_SETMASK, &body->signals, NULL);
  body->run();
  return NULL;
}

void clinux_run_on_stack(uint64_t bytes, void (*run)(void)) {
  struct rlimit limit;
  struct stack_body body = {.run = run};
  pthread_attr_t attributes;
  pthread_t thread;
  sigset_t all;
  if (getrlimit(RLIMIT_STACK, &limit) < 0 || limit.rlim_cur >= bytes) return run();
  if (pthread_attr_init(&attributes) != 0) return run();
  // Signals are for the other thread, which decides which of them it collects.
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &body.signals);
  int failure = pthread_attr_setstacksize(&attributes, bytes);
  if (failure == 0) failure = pthread_create(&thread, &attributes, run_stack_body, &body);
  pthread_attr_destroy(&attributes);
  if (failure == 0) {
    pthread_join(thread, NULL);
  } else {
    pthread_sigmask(SIG_SETMASK, &body.signals, NULL);
    run();
  }
}

static int argument_count;
static char **arguments;

// glibc hands the words to what runs before main; elsewhere they are only to be had from /proc, which
// may not be there.
__attribute__((constructor)) static void keep_arguments(int count, char **words) {
  argument_count = count;
  arguments = words;
}

const char *clinux_argument(int index) { return index < argument_count ? arguments[index] : NULL; }

// Files ---------------------------------------------------------------------------------------

int clinux_rename_new(const char *from, const char *to) {
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return -1;
  // File systems without the flag: link(2) refuses an existing name just as well.
  if (link(from, to) < 0) return -1;
  return unlink(from);
}

int clinux_exchange(const char *one, const char *other) {
  return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

int clinux_memory_file(void) { return memfd_create("disbatch", MFD_CLOEXEC); }

int64_t clinux_file_system(int descriptor) {
  struct statfs facts;
  return fstatfs(descriptor, &facts) == 0 ? (int64_t)(uint32_t)facts.f_type : -1;
}
