/// What the files of this module share: system calls without the C library, and the child's half of a
/// start.
#ifndef CLINUX_CALL_H
#define CLINUX_CALL_H

#include "CLinux.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

// A child that borrows this process's memory may run beside the thread that started it, whose errno
// and whose sanitizer it shares. So it makes its system calls itself, each of which returns the
// negative errno when it fails, and is not watched.
#if defined(__has_attribute)
#if __has_attribute(disable_sanitizer_instrumentation)
#define UNWATCHED __attribute__((disable_sanitizer_instrumentation))
#endif
#endif
#ifndef UNWATCHED
#define UNWATCHED
#endif

#if defined(__x86_64__)
#define RUNS_BESIDE 1
static inline UNWATCHED long call(long number, long a, long b, long c, long d) {
  register long fourth __asm__("r10") = d;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth)
                   : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
#define RUNS_BESIDE 1
static inline UNWATCHED long call(long number, long a, long b, long c, long d) {
  register long which __asm__("x8") = number;
  register long first __asm__("x0") = a;
  register long second __asm__("x1") = b;
  register long third __asm__("x2") = c;
  register long fourth __asm__("x3") = d;
  __asm__ volatile("svc 0"
                   : "+r"(first)
                   : "r"(which), "r"(second), "r"(third), "r"(fourth)
                   : "memory");
  return first;
}
#else
// Elsewhere the thread waits until its child is another program.
#define RUNS_BESIDE 0
static inline UNWATCHED long call(long number, long a, long b, long c, long d) {
  long result = syscall(number, a, b, c, d);
  return result < 0 ? -errno : result;
}
#endif

/// Becomes what is asked for; returns only when something failed: its errno.
int clinux_become(const struct clinux_spawn *request);
/// Starts what is asked for as a child of this one, and becomes the warden above it; returns as well
/// only when something failed.
int clinux_become_warden(struct clinux_spawn *request);

#endif
