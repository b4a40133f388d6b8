/// A place to run tasks in, with engines of its own.
package struct EngineContext {
  /// What it is called in messages and names of files (`-l`).
  package var label: String
  /// Its hosts, and what each of them has room for.
  package var plan: LaunchPlan
  /// Variables of which each slot gets an item of its own (`-E`).
  package var resources: [String]
  /// Starts its engines.
  package var launcher: any Launcher

  package init(
    label: String,
    plan: LaunchPlan,
    resources: [String] = [],
    launcher: any Launcher
  ) {
    self.label = label
    self.plan = plan
    self.resources = resources
    self.launcher = launcher
  }
}
