import Glibc

/// Reading and writing at a place in a file.
extension FileDescriptor {
  /// Reads as much as there is room for.
  ///
  /// - Parameters:
  ///   - buffer: Room to read into, from its beginning on.
  ///   - offset: Where the file is read.
  /// - Returns: How many bytes came; fewer than there is room for at the file's end.
  /// - Throws: what read(2) says.
  package borrowing func readAll(
    into buffer: inout ContiguousArray<UInt8>,
    at offset: Int64
  ) throws(Errno) -> Int {
    var count = 0
    while count < buffer.count {
      let more = try retrying {
        unsafe buffer.withUnsafeMutableBytes { bytes in
          let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[count...])
          return unsafe pread(rawValue, rest.baseAddress, rest.count, off_t(offset + Int64(count)))
        }
      }
      if more == 0 { break }
      count += more
    }
    return count
  }

  /// Writes all of the bytes at a place, or tells how many went in.
  ///
  /// - Parameters:
  ///   - bytes: What to write.
  ///   - offset: Where.
  ///   - count: Becomes how many bytes are in the file.
  /// - Throws: what write(2) says.
  package borrowing func writeAll(
    _ bytes: ContiguousArray<UInt8>,
    at offset: Int64,
    count: inout Int
  ) throws(Errno) {
    count = 0
    while count < bytes.count {
      count += try retrying {
        unsafe bytes.withUnsafeBytes { bytes in
          let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[count...])
          return unsafe pwrite(rawValue, rest.baseAddress, rest.count, off_t(offset + Int64(count)))
        }
      }
    }
  }

  /// Cuts the file.
  package borrowing func truncate(to size: Int64) throws(Errno) {
    _ = try retrying { ftruncate(rawValue, off_t(size)) }
  }

  /// Makes what was written survive a crash of the host; a pipe has nothing to be durable on.
  package borrowing func makeDurable() throws(Errno) {
    do {
      _ = try retrying { fdatasync(rawValue) }
    } catch .invalidArgument {}
  }
}
