struct RunCommand { init(_ w: [String]) throws(UsageError) {}; func run() -> Int32 { 0 } }
enum EngineCommand { static func run(_ w: [String]) -> Int32 { 0 } }
