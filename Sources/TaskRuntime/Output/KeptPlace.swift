/// Where a run's output is kept, claimed for it.
struct KeptPlace {
  /// How engines keep output.
  var keeping: OutputKeeping
  /// The log that the driver keeps it in.
  var log: (any OutputStore & Sendable)?
  /// The lock on the folder that engines keep it in; it ends with the last copy of this.
  var folderLock: FileDescriptor.Shared?
}
