/// What is known of commands by their names.
enum ShellCommandNames {
  /// Commands that print nothing when all is well.
  static let silent: [StaticString] = [
    "cd", "export", "source", ".", "module", "ml", "conda", "mamba", "micromamba", "spack",
    "ulimit",
    "umask", "set", "shopt", "trap", "declare", "typeset", "readonly", "local", "unset", "read",
    "eval", "alias", "unalias", "hash", "mkdir", "rm", "rmdir", "cp", "mv", "ln", "touch", "chmod",
    "sleep", "test", "[", "true", "false", ":", "wait", "exit", "return", "let", "break",
    "continue",
    "shift", "kill", "renice", "taskset", "deactivate", "pushd", "popd", "exec",
  ]

  /// Commands whose status says nothing of the work.
  static let reporters: [StaticString] = ["echo", "printf", "date", "true", "logger", "mail"]

  /// Commands in whose failure nobody is interested.
  static let trivial: [StaticString] = [
    "echo", "printf", "date", "hostname", "uname", "whoami", "id", "pwd", "env", "printenv", "seq",
    "cat", "zcat", "ls", "find", "sort", "cut", "grep", "egrep", "fgrep", "nvidia-smi", "lscpu",
    "head", "tail", "which", "uptime", "nproc",
    "free", "df", "du", "yes", "wc", "ps", "gunzip", "bzcat", "xzcat", "tr", "uniq", "time",
    "mapfile", "readarray", "getopts", "type", "basename", "dirname", "readlink", "realpath",
    "expr",
    "mktemp", "stat", "file", "tty", "groups", "arch", "jobs", "dirs", "history", "times", "tput",
    "clear", "lsb_release", "sync",
  ]

  /// Commands that hand on what they read.
  static let passing: [StaticString] = ["tee", "cat", "grep", "head", "tail"]

  /// Commands that only set what the shell is in.
  static let settings: [StaticString] = [
    "export", "cd", "module", "ml", "ulimit", "umask", "alias", "unset", "set", "shopt", "declare",
    "typeset", "readonly", "conda", "pushd",
  ]

  /// Commands of the shell that read standard input.
  static let readers: [StaticString] = ["read", "mapfile", "readarray"]

  /// Commands that hand their work to a queue, or to slots of their own.
  static let launchers: [StaticString] = ["sbatch", "qsub", "bsub", "disBatch", "disbatch"]

  /// Words behind `disbatch` with which it runs nothing.
  static let inspections: [StaticString] = [
    "check", "expand", "fmt", "explain", "status", "report", "output", "simulate", "doctor", "help",
  ]

  /// Commands that expand what stands in single quotes themselves.
  static let interpreters: [StaticString] = [
    "bash", "sh", "zsh", "dash", "ksh", "awk", "gawk", "mawk", "sed", "perl", "python", "python3",
    "Rscript", "ssh", "srun", "env", "eval", "xargs", "find", "parallel", "trap", "julia", "ruby",
    "singularity", "apptainer", "docker", "podman", "mpirun", "mpiexec", "timeout", "nice", "nohup",
    "sudo", "flock", "bash-c", "jq", "su",
  ]

  /// Commands that rules ask for one by one.
  static let single: [StaticString] = [
    "cd", "pushd", "popd", "wait", "exit", "exec", "set", "shift", "getopts", "source", ".", "true",
    ":", "grep", "export", "declare", "typeset", "readonly", "conda", "module",
    "mkdir", "sudo", "disBatch", "disbatch", "kill", "pkill", "killall", "fg", "trap", "head",
    "tee",
    "mamba", "micromamba", "ml", "printf", "let", "local", "test", "[",
  ]

  /// All of them.
  static let all = [
    silent, reporters, trivial, passing, settings, interpreters, readers, launchers, single,
  ]
}
