// The warden: a process between the driver and an engine that outlives both, and ends what they leave.
//
// It is this same executable, turned aside before anything of Swift runs. It needs nothing then but the
// kernel: so it gives back what the loader has written to, and keeps a stack.

#define _GNU_SOURCE
#include "Call.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>

/// What a warden's command line begins with; longer than any program's name is shown by ps(1).
#define WARDEN "disbatch warden"

// What runs when no library has its data any more must not be made to call one: not by a sanitizer, and
// not for what looks like memset(3).
#if defined(__has_attribute)
#if __has_attribute(no_builtin)
#define ALONE UNWATCHED __attribute__((no_builtin))
#endif
#endif
#ifndef ALONE
#define ALONE UNWATCHED
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
// Their threads and their books are in the memory that would be given back.
#define KEEPS_MEMORY 1
#endif
#endif
#ifndef KEEPS_MEMORY
#define KEEPS_MEMORY !RUNS_BESIDE
#endif

enum {
  LIFELINE = 3,
  /// So long an engine may take to end its tasks when its driver has gone.
  PATIENCE_MILLISECONDS = 1000,
  /// So often, and then less and less often, children are looked for while some of them do not end.
  FIRST_LOOK_MILLISECONDS = 50,
  LAST_LOOK_MILLISECONDS = 1600,
};

// Becoming one --------------------------------------------------------------------------------

static ALONE void write_decimal(char *text, int number) {
  char digits[12];
  int count = 0;
  do {
    digits[count++] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  while (count > 0) *text++ = digits[--count];
  *text = 0;
}

#ifdef __GLIBC__
/// It runs in a child that borrows its parent's memory, while the parent waits.
UNWATCHED int clinux_become_warden(struct clinux_spawn *request) {
  // Both are in force before there is anybody to adopt, and stay so in the new program.
  long result = call(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0);
  if (result < 0) return (int)-result;
  pid_t engine = vfork();
  if (engine == 0) {
    request->failure = clinux_become(request);
    call(SYS_exit_group, 127, 0, 0, 0);
  }
  if (engine < 0) return errno;
  int failure = request->failure;
  if (failure == 0) {
    char number[12];
    write_decimal(number, engine);
    char *arguments[] = {WARDEN, number, NULL};
    int nothing = request->descriptors[0];
    struct clinux_spawn warden = {
        .path = request->path,
        .arguments = arguments,
        .environment = request->environment,
        .descriptors = {nothing, nothing, nothing, request->lifeline},
        .new_session = 1,
        .open_files = UINT64_MAX,
        .blocks_signals = 1,
    };
    failure = clinux_become(&warden);
    call(SYS_kill, engine, SIGKILL, 0, 0);
  }
  int status;
  call(SYS_wait4, engine, (long)&status, 0, 0);
  return failure;
}
#else
/// Where a warden could not turn aside, there is none.
UNWATCHED int clinux_become_warden(struct clinux_spawn *request) { return clinux_become(request); }
#endif

// Children ------------------------------------------------------------------------------------

/// Reads as much of a file as there is room for, which is not all: a zero stands behind it.
static ALONE long read_file(const char *path, char *room, long size) {
  long file = call(SYS_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC, 0);
  if (file < 0) return file;
  long count = 0, more;
  do {
    more = call(SYS_read, file, (long)(room + count), size - 1 - count, 0);
    if (more > 0) count += more;
  } while (more > 0 && count < size - 1);
  call(SYS_close, file, 0, 0, 0);
  room[count] = 0;
  return count;
}

static ALONE int number_at(const char **text) {
  int number = 0;
  while (**text >= '0' && **text <= '9') number = 10 * number + (*(*text)++ - '0');
  return number;
}

/// Whether /proc is that of this process's pid namespace, so that its numbers are ours.
static ALONE int knows_numbers(void) {
  char own[12], seen[12];
  for (int i = 0; i < (int)sizeof own; i++) own[i] = seen[i] = 0;
  write_decimal(own, (int)call(SYS_getpid, 0, 0, 0, 0));
  long length = call(SYS_readlinkat, AT_FDCWD, (long)"/proc/self", (long)seen, sizeof seen - 1);
  for (int i = 0; i < (int)sizeof own; i++) {
    if (own[i] != seen[i]) return 0;
  }
  return length > 0;
}

static ALONE int kill_child(int pid) { return call(SYS_kill, pid, SIGKILL, 0, 0) == 0; }

/// Kills the children that /proc/thread-self/children lists.
///
/// - Returns: how many it was allowed to kill; -1 where there is no such list.
static ALONE int kill_listed(void) {
  long file =
      call(SYS_openat, AT_FDCWD, (long)"/proc/thread-self/children", O_RDONLY | O_CLOEXEC, 0);
  if (file < 0) return -1;
  char room[512];
  int count = 0, pid = 0;
  long size;
  while ((size = call(SYS_read, file, (long)room, sizeof room, 0)) > 0) {
    for (long i = 0; i < size; i++) {
      if (room[i] >= '0' && room[i] <= '9') {
        pid = 10 * pid + (room[i] - '0');
      } else if (pid > 0) {
        count += kill_child(pid);
        pid = 0;
      }
    }
  }
  if (pid > 0) count += kill_child(pid);
  call(SYS_close, file, 0, 0, 0);
  return count;
}

/// The parent of a process, from the fields behind its name, which may itself hold any character.
static ALONE int parent_of(const char *number) {
  char path[32], room[512];
  int end = 0;
  for (const char *name = "/proc/"; *name; name++) path[end++] = *name;
  for (const char *digit = number; *digit && end < 20; digit++) path[end++] = *digit;
  for (const char *name = "/stat"; *name; name++) path[end++] = *name;
  path[end] = 0;
  long count = read_file(path, room, sizeof room);
  while (count > 0 && room[count - 1] != ')') count--;
  if (count <= 0) return 0;
  const char *field = room + count;
  while (*field == ' ') field++;
  while (*field && *field != ' ') field++;
  while (*field == ' ') field++;
  return number_at(&field);
}

/// Kills the children among all processes, where the kernel lists none.
static ALONE int kill_found(void) {
  long folder = call(SYS_openat, AT_FDCWD, (long)"/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  if (folder < 0) return 0;
  char room[2048];
  int own = (int)call(SYS_getpid, 0, 0, 0, 0), count = 0;
  long size;
  while ((size = call(SYS_getdents64, folder, (long)room, sizeof room, 0)) > 0) {
    for (long at = 0; at < size;) {
      // struct linux_dirent64: inode, offset, length of the record, type, name.
      const char *entry = room + at, *name = entry + 19, *digits = name;
      at += *(const unsigned short *)(const void *)(entry + 16);
      int pid = number_at(&digits);
      if (pid > 0 && *digits == 0 && parent_of(name) == own) count += kill_child(pid);
    }
  }
  call(SYS_close, folder, 0, 0, 0);
  return count;
}

/// Kills the children there are; their own become ours then, and have their turn.
static ALONE int kill_children(void) {
  if (!knows_numbers()) return 0;
  int count = kill_listed();
  return count < 0 ? kill_found() : count;
}

// Watching ------------------------------------------------------------------------------------

struct watch {
  int engine;
  /// Readable when a child has ended.
  int signals;
  int has_ended;
  int status;
};

/// Reaps what has ended.
///
/// - Returns: how many; -1 when there is no child.
static ALONE int reap(struct watch *watch) {
  for (int count = 0;; count++) {
    int status;
    long pid = call(SYS_wait4, -1, (long)&status, WNOHANG, 0);
    if (pid == watch->engine) {
      watch->has_ended = 1;
      watch->status = status;
    }
    if (pid <= 0) return pid < 0 ? -1 : count;
  }
}

/// Waits for a child to end, and for the lifeline if it is to be watched.
///
/// - Parameter milliseconds: For how long; -1 for ever.
/// - Returns: whether the lifeline has something to say.
static ALONE int wait_for_events(struct watch *watch, int lifeline, long milliseconds) {
  struct pollfd watched[2];
  watched[0].fd = watch->signals;
  watched[1].fd = lifeline;
  watched[0].events = watched[1].events = POLLIN;
  watched[0].revents = watched[1].revents = 0;
  struct timespec limit;
  limit.tv_sec = milliseconds / 1000;
  limit.tv_nsec = milliseconds % 1000 * 1000000;
  call(SYS_ppoll, (long)watched, 2, milliseconds < 0 ? 0 : (long)&limit, 0);
  char room[sizeof(struct signalfd_siginfo)];
  if (watched[0].revents) call(SYS_read, watch->signals, (long)room, sizeof room, 0);
  return watched[1].revents != 0;
}

/// Ends all children, and theirs, until there is none.
static ALONE void end_tree(struct watch *watch) {
  long pause = FIRST_LOOK_MILLISECONDS;
  while (reap(watch) >= 0) {
    int killed = kill_children();
    // What is left is another user's, or cannot be found; it goes to whoever adopts it next.
    if (killed == 0) return;
    for (int ended = 0, count; ended < killed; ended += count) {
      wait_for_events(watch, -1, pause);
      if ((count = reap(watch)) < 0) return;
      if (count == 0) break;
      pause = FIRST_LOOK_MILLISECONDS / 2;
    }
    if (pause < LAST_LOOK_MILLISECONDS) pause *= 2;
  }
}

static ALONE long milliseconds_now(void) {
  struct timespec now;
  call(SYS_clock_gettime, CLOCK_MONOTONIC, (long)&now, 0, 0);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/// Watches over an engine until it has ended, and ends what is left then; does not return.
static ALONE void watch_over(struct watch *watch) {
  int lifeline = LIFELINE;
  long deadline = 0;
  while (reap(watch) >= 0 && !watch->has_ended) {
    long left = lifeline < 0 ? deadline - milliseconds_now() : -1;
    if (lifeline < 0 && left <= 0) {
      // An engine whose driver has gone ends its tasks itself, unless it is stopped or stuck.
      kill_child(watch->engine);
      left = PATIENCE_MILLISECONDS;
    }
    if (!wait_for_events(watch, lifeline, left)) continue;
    // A byte is the driver's wish that all ends now; the end of the lifeline is the driver's own.
    char room[64];
    if (call(SYS_read, lifeline, (long)room, sizeof room, 0) > 0) {
      kill_child(watch->engine);
      continue;
    }
    lifeline = -1;
    deadline = milliseconds_now() + PATIENCE_MILLISECONDS;
  }
  end_tree(watch);
  int status = watch->status;
  call(SYS_exit_group, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), 0, 0, 0);
}

// Memory --------------------------------------------------------------------------------------

/// A stretch of memory that is given back.
struct stretch {
  unsigned long start, end;
};

/// Finds what is this process's own of its memory, apart from what lies at the kept addresses.
static UNWATCHED int own_memory(struct stretch *found, int capacity, const unsigned long kept[2]) {
  FILE *file = fopen("/proc/self/smaps", "re");
  if (file == NULL) return 0;
  char line[512];
  struct stretch stretch = {0, 0};
  unsigned long start, end, dirty;
  int count = 0;
  while (count < capacity && fgets(line, sizeof line, file) != NULL) {
    if (sscanf(line, "%lx-%lx ", &start, &end) == 2) {
      stretch = (struct stretch){start, end};
    } else if (sscanf(line, "Private_Dirty: %lu", &dirty) == 1 && dirty > 0) {
      int is_kept = 0;
      for (int i = 0; i < 2; i++) is_kept |= kept[i] >= stretch.start && kept[i] < stretch.end;
      if (!is_kept) found[count++] = stretch;
    }
  }
  // It is not closed: it goes with the heap.
  return count;
}

/// Gives back all memory that the loader and others have written to, but the stack and what the
/// thread pointer leads to. Code and constants are there as the file has them.
///
/// Nothing may be called afterwards that is not in this file: no library has its data any more, and
/// no address is where the loader wrote it.
static ALONE void give_back(const struct stretch *stretches, int count) {
  for (int i = 0; i < count; i++) {
    unsigned long size = stretches[i].end - stretches[i].start;
    call(SYS_madvise, (long)stretches[i].start, (long)size, MADV_DONTNEED, 0);
  }
}

// The way in ----------------------------------------------------------------------------------

#ifdef __GLIBC__
/// Makes a warden of a process that was started as one, before anything else of the program runs.
///
/// Only glibc hands its arguments to such functions.
__attribute__((constructor(101))) static UNWATCHED void turn_aside(int argc, char **argv) {
  if (argc != 2 || strcmp(argv[0], WARDEN) != 0) return;
  struct watch watch = {.engine = atoi(argv[1])};
  siginfo_t information;
  // Whoever has no such child was started by somebody else.
  if (watch.engine <= 0
      || waitid(P_PID, (id_t)watch.engine, &information, WEXITED | WNOHANG | WNOWAIT) < 0) {
    return;
  }
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  watch.signals = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
  if (watch.signals < 0) _exit(127);
  prctl(PR_SET_NAME, WARDEN, 0, 0, 0);
  if (!KEEPS_MEMORY) {
    struct stretch stretches[256];
    unsigned long kept[2] = {(unsigned long)&watch, (unsigned long)&errno};
    give_back(stretches, own_memory(stretches, 256, kept));
  }
  watch_over(&watch);
}
#endif
