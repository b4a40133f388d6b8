// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is built with the same settings; there are no exceptions to remember.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "disbatch",
  products: [
    .executable(name: "disbatch", targets: ["disbatch"]),
    .library(name: "TaskLang", targets: ["TaskLang"]),
    .library(name: "TaskRuntime", targets: ["TaskRuntime"]),
  ],
  targets: [
    .target(name: "CLinux"),
    .target(name: "TaskLang", swiftSettings: house),
    .target(name: "TaskScheduler", swiftSettings: house),
    .target(
      name: "TaskRuntime",
      dependencies: ["CLinux", "TaskLang", "TaskScheduler"],
      swiftSettings: house
    ),
    .target(name: "TaskLangLSP", dependencies: ["TaskLang"], swiftSettings: house),
    .executableTarget(
      name: "disbatch",
      dependencies: ["TaskLang", "TaskLangLSP", "TaskRuntime", "TaskScheduler"],
      swiftSettings: house
    ),
    .target(name: "TestSupport", path: "Tests/Support", swiftSettings: house),
    .testTarget(
      name: "TaskLangTests",
      dependencies: ["TaskLang", "TestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "TaskLangLSPTests",
      dependencies: ["TaskLang", "TaskLangLSP", "TestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "TaskSchedulerTests",
      dependencies: ["TaskScheduler", "TestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "TaskRuntimeTests",
      dependencies: ["TaskLang", "TaskRuntime", "TaskScheduler", "TestSupport"],
      swiftSettings: house
    ),
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["TestSupport"],
      swiftSettings: house
    ),
  ]
)
