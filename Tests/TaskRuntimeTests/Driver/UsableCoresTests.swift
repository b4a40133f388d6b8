import TaskRuntime
import Testing

@Suite struct UsableCoresTests {
  private func quota(
    _ groups: String,
    _ mounts: String,
    _ files: [String: String]
  ) -> Double? {
    UsableCores.quota(
      ControlGroup.all(with: "cpu", groups: groups, mounts: mounts),
      read: { files[$0] }
    )
  }

  private let version2 = "30 24 0:27 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup rw\n"
  private let version1 =
    "33 24 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"

  @Test func `the least quota on the way up counts`() {
    let files = [
      "/sys/fs/cgroup/a/cpu.max": "150000 100000\n", "/sys/fs/cgroup/a/b/cpu.max": "max 100000\n",
    ]
    #expect(quota("0::/a/b\n", version2, files) == 1.5)
  }

  @Test func `the older layout is read too`() {
    let folder = "/sys/fs/cgroup/cpu,cpuacct/job"
    let files = [
      "\(folder)/cpu.cfs_quota_us": "400000\n", "\(folder)/cpu.cfs_period_us": "100000\n",
    ]
    #expect(quota("4:cpu,cpuacct:/job\n1:name=systemd:/\n", version1, files) == 4)
    #expect(
      quota("4:cpu,cpuacct:/job\n", version1, ["\(folder)/cpu.cfs_quota_us": "-1\n"]) == nil
    )
  }

  @Test func `a container sees its own group as the root`() {
    let mounts = "30 24 0:27 /docker/x /sys/fs/cgroup rw - cgroup2 cgroup rw\n"
    let files = ["/sys/fs/cgroup/cpu.max": "200000 100000"]
    #expect(quota("0::/docker/x\n", mounts, files) == 2)
    #expect(quota("0::/elsewhere\n", mounts, files) == 2)
  }

  @Test(arguments: ["", "0::/\n", "garbage", "0::/a:b\n"])
  func `without a quota there is none`(groups: String) {
    #expect(quota(groups, version2, [:]) == nil)
    #expect(quota(groups, "", [:]) == nil)
  }

  @Test func `this process may use a core at least`() {
    #expect(UsableCores.count >= 1)
  }
}
