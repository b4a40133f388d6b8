import CLinux

/// The memory that a new process borrows until it is its program: a stack and its strings.
///
/// One space serves one process after another.
@safe package final class SpawnSpace {
  private let arguments = CStringBlock()
  private let environment = CStringBlock()
  private var places = CStringBlock()
  private let request = UnsafeMutablePointer<clinux_spawn>.allocate(capacity: 1)
  private let stack: UnsafeMutableBufferPointer<CChar>?
  private var isLent = false

  /// Makes a space.
  ///
  /// - Parameter stackSize: How many bytes of stack a process has; it calls nothing but the kernel. With
  ///   none, starting a process waits until it is its program.
  package init(stackSize: Int = 1 << 14) {
    unsafe request.initialize(to: clinux_spawn())
    unsafe stack = stackSize == 0 ? nil : .allocate(capacity: stackSize)
  }

  deinit {
    guard !isLent else {
      // Memory that may still be in use is left alone.
      for block in [arguments, environment, places] { _ = unsafe Unmanaged.passRetained(block) }
      return
    }
    unsafe request.deallocate()
    unsafe stack?.deallocate()
  }

  /// Starts a process that uses the space.
  ///
  /// - Parameters:
  ///   - places: The program's path, and where it runs if that is said.
  ///   - arguments: Its arguments.
  ///   - shared: Its variables that others have as well.
  ///   - environment: Its own.
  ///   - fill: Says the rest of what is asked for.
  /// - Returns: its pid.
  /// - Throws: why there is no new process.
  func lend(
    _ places: CStringBlock,
    arguments: borrowing CStringArray,
    shared: CStringBlock?,
    environment: borrowing CStringArray,
    filling fill: (inout clinux_spawn) -> Void
  ) throws(Errno) -> Int32 {
    precondition(!isLent, "a space serves one process at a time")
    self.places = places
    self.arguments.put(arguments)
    self.environment.put(environment, behind: shared)
    unsafe request.pointee.path = UnsafePointer(places.pointers[0])
    unsafe request.pointee.directory = UnsafePointer(places.pointers[1])
    unsafe request.pointee.arguments = UnsafePointer(self.arguments.pointers)
    unsafe request.pointee.environment = UnsafePointer(self.environment.pointers)
    unsafe fill(&request.pointee)
    let pid = unsafe clinux_spawn(request, stack?.baseAddress, UInt64(stack?.count ?? 0))
    guard pid > 0 else { throw .last }
    isLent = true
    return pid
  }

  /// Takes the space back from a process that has been reaped, or is known to be its program.
  ///
  /// - Returns: why it did not become its program; `nil` when it did.
  package func takeBack() -> Errno? {
    isLent = false
    let failure = unsafe request.pointee.failure
    return failure == 0 ? nil : Errno(failure)
  }
}
