import CLinux

extension FileSystem {
  /// File systems that keep their data on this host: a write into their cache waits for no server.
  ///
  /// Source: linux/magic.h; in this order ext2 to ext4, XFS, Btrfs, tmpfs, overlay, ZFS, F2FS, ramfs.
  private static let localTypes: Set<Int64> = [
    0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994, 0x794C_7630, 0x2FC1_2FC1, 0xF2F5_2010,
    0x8584_58F6,
  ]

  /// Whether writing to an open file can wait for nothing but this host; if unsure, not.
  package static func isLocal(_ descriptor: borrowing FileDescriptor) -> Bool {
    localTypes.contains(clinux_file_system(descriptor.rawValue))
  }
}
