/// What the Glibc module does not show to Swift: epoll, eventfd, signalfd, wait macros, and spawn.
///
/// Every function sets errno and returns -1 as its system call does, unless it says otherwise. The
/// header uses only fixed-size types, because the Glibc module owns the system's own headers and is
/// built without _GNU_SOURCE. The one function with logic of its own is clinux_spawn.
#ifndef CLINUX_H
#define CLINUX_H

#include <stdint.h>

// Readiness -----------------------------------------------------------------------------------

/// One descriptor's readiness, as epoll_wait(2) reports it.
struct clinux_ready {
  uint64_t token;
  uint32_t events;
};

enum {
  CLINUX_READABLE = 0x001,
  CLINUX_WRITABLE = 0x004,
  CLINUX_ERROR = 0x008,
  CLINUX_HANGUP = 0x010,
};

/// A close-on-exec epoll descriptor.
int clinux_epoll_create(void);
int clinux_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token);
int clinux_epoll_modify(int epoll, int descriptor, uint32_t events, uint64_t token);
int clinux_epoll_delete(int epoll, int descriptor);
/// Fills `ready` with at most `capacity` (1 to 256) entries; the timeout is in milliseconds, -1 for none.
int clinux_epoll_wait(int epoll, struct clinux_ready *ready, int capacity, int timeout);

// Descriptors ---------------------------------------------------------------------------------

enum {
  /// Flag of open(2): the descriptor only names the file.
  CLINUX_PATH_ONLY = 0x200000,
};

/// A close-on-exec counter; `nonblocking` concerns both of its ends.
int clinux_eventfd(int nonblocking);
/// Two close-on-exec ends; `ends[0]` reads, with `nonblocking` without waiting.
int clinux_pipe(int ends[2], int nonblocking);
/// Two connected close-on-exec stream sockets.
int clinux_socketpair(int ends[2]);
int clinux_set_nonblocking(int descriptor, int nonblocking);
int clinux_set_close_on_exec(int descriptor, int closes);
/// Marks every descriptor from `first` on close-on-exec; never fails, also without close_range(2).
void clinux_close_on_exec_from(int first);

// Signals -------------------------------------------------------------------------------------

/// Blocks the signals of `set` (bit n-1 is signal n) in this thread.
int clinux_block_signals(uint64_t set);
/// A close-on-exec, non-blocking signalfd for the signals of `set`.
int clinux_signalfd(uint64_t set);
/// Takes the numbers of at most `capacity` (1 to 16) pending signals; 0 when there is none.
int clinux_signalfd_read(int descriptor, int32_t *numbers, int capacity);
/// Whether this process was started with the signal ignored, or has ignored it since.
int clinux_signal_is_ignored(int number);
/// Gives a signal its default disposition.
void clinux_default_signal(int number);
/// Makes a write that cannot be an error instead of a death: to a pipe that nobody reads (SIGPIPE), and
/// beyond the largest size of files (SIGXFSZ).
void clinux_survive_writes(void);

// Processes -----------------------------------------------------------------------------------

/// What a new process is to be.
struct clinux_spawn {
  const char *path;
  char *const *arguments;
  char *const *environment;
  /// Where to run, or NULL for the directory of this process.
  const char *directory;
  /// What becomes descriptors 0, 1, 2 and, unless it is -1, 3.
  int descriptors[4];
  /// Non-zero for a session of its own.
  int new_session;
  /// The soft limit of open files, or UINT64_MAX to leave it as it is here.
  uint64_t open_files;
  /// Non-zero for no signal to reach it but SIGKILL and SIGSTOP.
  int blocks_signals;
  /// Non-zero for a warden between this process and the new one: this same executable, which holds
  /// `lifeline` and nothing else. It kills the new process when a byte comes through `lifeline`, or a
  /// second after the other end has closed, and ends all that it leaves behind. Then it ends as the new
  /// process did, with 128 + n for signal n.
  int is_warded;
  int lifeline;
  /// Written by the child: the errno of what failed, or 0.
  volatile int failure;
};

/// Starts a process, with no signal blocked, SIGPIPE as by default and SIGXFSZ as this process found it.
///
/// The child borrows this process's memory until execve(2). Without a stack the caller waits for that,
/// as with vfork(2). With a stack for the child it goes on at once, where the processor allows it: the
/// stack, the request and all that it points to must stay as they are until the child is reaped.
///
/// - Returns: its pid, or its warden's, or -1 with errno set to what failed: clone, or, when it was waited for, in the
///   child setsid, chdir, dup3 or execve; that child has been reaped. When it was not waited for, the
///   child ends with 127, and `failure` says what failed.
int clinux_spawn(struct clinux_spawn *request, char *stack, uint64_t stack_size);

/// Reaps one child that has ended, any if `pid` is -1.
///
/// - Returns: its pid; 0 when none has ended; -1 with ECHILD when there is no child.
int clinux_reap(int pid, int *status);
/// Waits for one child to end and reaps it.
int clinux_wait(int pid, int *status);
int clinux_exited(int status);
int clinux_exit_code(int status);
int clinux_term_signal(int status);

/// A close-on-exec descriptor that is readable once a process, no matter whose child, has ended.
/// Kernels before 5.3 have none: ENOSYS.
int clinux_open_process(int pid);
/// Makes orphaned descendants children of this process instead of init's.
int clinux_become_subreaper(void);
/// How many processors this process may run on.
int clinux_usable_processors(void);
/// The soft and the hard limit of open files.
int clinux_open_files(uint64_t *soft, uint64_t *hard);
int clinux_set_open_files(uint64_t soft, uint64_t hard);

/// Runs `body` on a stack of at least so many bytes: this thread's, or else another's for which this one
/// waits. Where there is no room for another it runs here all the same.
void clinux_run_on_stack(uint64_t bytes, void (*body)(void));
/// A word of this process's command line, 0 for its name; NULL behind the last.
const char *clinux_argument(int index);

// Files ---------------------------------------------------------------------------------------

/// Renames unless the new name exists (EEXIST), on every file system.
int clinux_rename_new(const char *from, const char *to);
/// Exchanges two names; not every file system can do that.
int clinux_exchange(const char *one, const char *other);
/// A close-on-exec file without a name that lives in memory.
int clinux_memory_file(void);
/// The number of the file system that an open file is on (linux/magic.h), or -1.
int64_t clinux_file_system(int descriptor);

#endif
