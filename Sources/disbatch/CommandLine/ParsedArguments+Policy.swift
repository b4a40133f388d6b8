import TaskRuntime
import TaskScheduler

extension ParsedArguments {
  /// What the options say about failures, limits and time.
  func policy() throws(UsageError) -> Policy {
    var policy = Policy()
    policy.failFast = has(.failFast)
    policy.requeuesLost = !has(.noRequeue)
    if let grace = try duration(.grace) { policy.grace = grace }
    policy.retries = Int32(try number(.retries, in: 0...1_000_000) ?? 0)
    try retryCauses(into: &policy)
    policy.retryDelay = try duration(.retryDelay) ?? .zero
    policy.retryGrowthPercent = 200
    policy.retryJitterPercent = 10
    var random = SystemRandomNumberGenerator()
    policy.retryJitterSeed = random.next()
    policy.halt = try halt()
    if let limit = try number(.contextTaskLimit, in: 0...Int.max), limit > 0 {
      policy.contextTaskLimit = Int64(limit)
    }
    for name in [OptionName.retryOn, .retryDelay] where has(name) && policy.retries == 0 {
      throw UsageError("\(name) needs --retries N")
    }
    return policy
  }

  /// The value given last, as a time that is a limit, so that nothing at all is none.
  func limit(_ name: OptionName) throws(UsageError) -> Interval? {
    let limit = try duration(name)
    if let limit, limit <= .zero {
      throw UsageError(
        "\(name) takes a time above 0, not '\(value(name) ?? "")', which nothing could keep to; "
          + "leave it out for no limit"
      )
    }
    return limit
  }

  /// The value given last, as a time: `90`, `90s`, `1.5h`, `250ms`; without a unit, seconds.
  func duration(_ name: OptionName) throws(UsageError) -> Interval? {
    guard let text = value(name) else { return nil }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let units = ["": 1.0, "s": 1, "ms": 0.001, "m": 60, "min": 60, "h": 3600, "d": 86400]
    guard let number = Double(digits), number.isFinite,
      let unit = units[String(text.dropFirst(digits.count))], number * unit < 3e9
    else {
      throw UsageError("\(name) takes a time, as 90, 250ms, 1.5h or 2d, not '\(text)'")
    }
    return Interval(nanoseconds: Int64(number * unit * 1e9))
  }

  /// The value given last, as a number of bytes above 0: `4096`, `64k`, `10M`, `1G`; of 1024 each.
  func size(_ name: OptionName) throws(UsageError) -> Int64? {
    guard let text = value(name) else { return nil }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let shifts = ["": 0, "k": 10, "K": 10, "M": 20, "G": 30, "T": 40]
    guard let number = Int64(digits), number > 0,
      let shift = shifts[String(text.dropFirst(digits.count))],
      number <= Int64.max >> shift
    else {
      throw UsageError(
        "\(name) takes a number of bytes above 0, as 4096, 64k, 10M or 1G, not '\(text)'"
      )
    }
    return number << shift
  }

  /// `now,fail=3` or `soon,fail=10%`.
  private func halt() throws(UsageError) -> Halt? {
    guard let text = value(.halt) else { return nil }
    let wrong = UsageError(
      "--halt takes now or soon, and a number or share of failures, as soon,fail=3 or "
        + "now,fail=10%, not '\(text)'"
    )
    let nothing = UsageError(
      "--halt takes at least one failure, or 1%, not '\(text)', at which a run would stop before it "
        + "began; -f (--fail-fast) stops at the first"
    )
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasPrefix("fail=") else { throw wrong }
    let mode: HaltMode
    switch parts[0] {
    case "now": mode = .now
    case "soon": mode = .soon
    default: throw wrong
    }
    let limit = parts[1].dropFirst(5)
    if limit.hasSuffix("%") {
      guard let percent = Int64(limit.dropLast()), 0...100 ~= percent else { throw wrong }
      if percent == 0 { throw nothing }
      return Halt(mode, at: .percent(percent))
    }
    guard let count = Int64(limit), count >= 0 else { throw wrong }
    if count == 0 { throw nothing }
    return Halt(mode, at: .count(count))
  }

  /// Exit codes and signals, as the status file shows them, and `timeout`: `74,84,SIGKILL,-9,timeout`.
  private func retryCauses(into policy: inout Policy) throws(UsageError) {
    guard let text = value(.retryOn) else { return }
    var codes: ContiguousArray<Int32> = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      if let code = Int32(word) {
        codes.append(code)
      } else if let signal = SignalName.number(String(word)) {
        codes.append(-signal)
      } else if word == "timeout" {
        policy.retriesTimeouts = true
      } else if word == "oom" {
        throw UsageError(
          "--retry-on oom: this version does not tell death for want of memory from other deaths by "
            + "SIGKILL; say SIGKILL"
        )
      } else {
        throw UsageError(
          "--retry-on takes exit codes, names of signals and timeout, as 74,SIGKILL,timeout, not "
            + "'\(word)'"
        )
      }
    }
    policy.retryOn = codes
    if policy.retriesTimeouts, !has(.timeout) {
      throw UsageError("--retry-on timeout needs --timeout TIME, which ends what takes longer")
    }
  }
}
